import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { article } from '../../src/exchange/article/article.ts';
import type { Format } from '../../src/exchange/format.ts';
import { fingerprint, sourceOf } from '../../src/exchange/source.ts';
import { gather } from './gather.ts';
import { people40, zst } from './mangle.ts';

const text = async (name: string, bytes: Uint8Array) => {
  const [file] = sourceOf({ [name]: bytes }).files;
  if (!file) throw new Error('There is no file.');
  return (await gather(file.text())).join('');
};

describe('compressed files', () => {
  test('are read', async () => {
    expect((await text('a.zst', people40)).trim().split('\n')).toHaveLength(40);
    const one = zst([Buffer.from('one ')]);
    const skipped = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    expect(await text('a.zst', Buffer.concat([one, skipped, zst([Buffer.from('and '), { times: 3, byte: 0x78 }])]))).toBe('one and xxx');
    expect(await text('a.gz', Buffer.concat([gzipSync('one '), gzipSync('more')]))).toBe('one more');
    expect(await text('a.zst', Buffer.alloc(0))).toBe('');
  });

  test.each([
    ['truncated', people40.subarray(0, 100), 'unexpected end of file'],
    ['nothing of the kind', Buffer.from('{"type": "Person"}'), 'not Zstandard'],
    ['more than may be held', zst([Buffer.from('x')], 0xa8), 'compressed with --ultra or --long'],
    ['a block that is too large', zst([{ times: 2 ** 20, byte: 0x20 }]), 'a block is larger'],
  ])('of Zstandard are told where they are %s', async (_, bytes, why) => {
    await expect(text('a.jsonl.zst', bytes)).rejects.toMatchObject({
      name: 'Unreadable',
      at: { file: 'a.jsonl' },
      message: expect.stringMatching(new RegExp(`^It can't be decompressed: .*${why}`)),
    });
  });

  test('are decompressed as they are read', async () => {
    const [file] = sourceOf({ 'a.zst': zst(Array.from({ length: 10_000 }, () => ({ times: 100_000, byte: 0x20 }))) }).files;
    let pieces = 0;
    for await (const piece of file?.bytes() ?? []) {
      expect(piece.length).toBeLessThanOrEqual(128 * 1024);
      pieces += 1;
      if (pieces === 5) break;
    }
    expect(pieces).toBe(5);
  });

  test('that are damaged are known by what can be read of them', async () => {
    const damaged = gzipSync('x'.repeat(1000)).subarray(0, 20);
    const source = (other: string) => sourceOf({ 'a.md.gz': damaged, 'b.md': other });
    expect(await fingerprint(source('b'))).toBe(await fingerprint(source('b')));
    expect(await fingerprint(source('b'))).not.toBe(await fingerprint(source('c')));
    const entries = await gather((article as Required<Format>).read(source('b'), { by: 'speech' }));
    expect(entries).toMatchObject([{ at: { file: 'a.md' }, problem: expect.stringContaining('decompressed') }, { record: { text: 'b' } }]);
  });
});
