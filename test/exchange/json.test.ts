import { describe, expect, it } from 'vitest';
import { type Choose, type JsonFound, type JsonLimits, values } from '../../src/exchange/reading/json.ts';
import { type JsonLine, type LineOptions, lines } from '../../src/exchange/reading/json-lines.ts';
import { type SourceFile, sourceOf } from '../../src/exchange/source.ts';
import { Unreadable } from '../../src/exchange/unreadable.ts';
import { gather } from './gather.ts';

/** A file that comes in pieces of so many bytes. */
function file(text: string | Uint8Array, piece = 7): SourceFile {
  const bytes = Buffer.from(text as string);
  const whole = sourceOf({ 'a.json': bytes }).files[0] as SourceFile;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return {
    ...whole,
    async *text() {
      for (let i = 0; i < bytes.length; i += piece) yield decoder.decode(bytes.subarray(i, i + piece), { stream: true });
    },
  };
}

const elements: Choose = (path) => (path.length < 2 ? 'enter' : 'take');

async function all(text: string, choose: Choose = elements, limits?: JsonLimits, piece?: number): Promise<JsonFound[]> {
  return gather(values(file(text, piece), choose, limits));
}

async function unreadable(text: string | Uint8Array, choose: Choose = elements, limits?: JsonLimits): Promise<string> {
  const source = typeof text === 'string' ? file(text) : (sourceOf({ 'a.json': text }).files[0] as SourceFile);
  const error = await gather(values(source, choose, limits)).catch((error: unknown) => error);
  if (!(error instanceof Unreadable)) throw new Error(`It was read: ${JSON.stringify(error)}`);
  return `${error.at.line}:${error.at.column} ${error.message}`;
}

async function allLines(text: string, options?: LineOptions): Promise<JsonLine[]> {
  return gather(lines(file(text), options));
}

describe('values of JSON', () => {
  it('are given one by one, with their places', async () => {
    const text = '{\n  "é😀": [{"a": "\\u00e9\\n"},\n   -2.5e3, "x", null, []],\n "none": {}, "b": {"c": true}\n}';
    for (const piece of [1, 2, 7, 1000]) {
      expect(await all(text, elements, {}, piece)).toEqual([
        { at: { file: 'a.json', line: 2, column: 10 }, path: ['é😀', 0], value: { a: 'é\n' } },
        { at: { file: 'a.json', line: 3, column: 4 }, path: ['é😀', 1], value: -2500 },
        { at: { file: 'a.json', line: 3, column: 12 }, path: ['é😀', 2], value: 'x' },
        { at: { file: 'a.json', line: 3, column: 17 }, path: ['é😀', 3], value: null },
        { at: { file: 'a.json', line: 3, column: 23 }, path: ['é😀', 4], value: [] },
        { at: { file: 'a.json', line: 4, column: 25 }, path: ['b', 'c'], value: true },
      ]);
    }
  });

  it('may be the whole text, a scalar too', async () => {
    expect(await all(' [1]', () => 'take')).toMatchObject([{ path: [], value: [1] }]);
    expect(await all('77', () => 'enter', {}, 1)).toMatchObject([{ at: { line: 1, column: 1 }, path: [], value: 77 }]);
    expect(await all('[[1], {"a": 2}]', () => 'enter')).toMatchObject([
      { path: [0, 0], value: 1 },
      { path: [1, 'a'], value: 2 },
    ]);
  });

  it('are passed over when nobody wants them', async () => {
    const found = await all('{"a": [1, {"x": "]"}], "b": 2, "c": "["}', (path) =>
      path.length === 0 ? 'enter' : path[0] === 'b' ? 'take' : 'pass',
    );
    expect(found).toMatchObject([{ path: ['b'], value: 2 }]);
  });

  it('agree with JSON.parse', async () => {
    const text = JSON.stringify(
      { list: [{ a: [[], {}, '"\\/\b\f\n\r\t\u2028'], b: { '': 0.1 } }, ['\ud83d\ude00', 1e21, -0.5, false]] },
      null,
      2,
    );
    for (const piece of [1, 3, 64]) {
      const [found] = await all(text, () => 'take', {}, piece);
      expect(found).toMatchObject({ value: JSON.parse(text) });
    }
  });

  it('keep a name __proto__ harmless, and the last of equal names', async () => {
    const [found] = await all('[[{"__proto__": {"admin": true}, "a": 1, "a": 2}]]');
    const value = found && 'value' in found ? (found.value as Record<string, unknown>) : {};
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value.admin).toBeUndefined();
    expect(value.a).toBe(2);
    expect(await all('{"__proto__": [1], "constructor": [2], "__proto__": [3]}')).toMatchObject([
      { path: ['__proto__', 0], value: 1 },
      { path: ['constructor', 0], value: 2 },
      { path: ['__proto__', 0], value: 3 },
    ]);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it.each([
    ['', '1:1 This is not JSON: it ends in the middle.'],
    ['{"a": [1, 2', '1:12 This is not JSON: it ends in the middle.'],
    ['{"a": [{"b": "c', '1:16 This is not JSON: it ends in the middle.'],
    ['{"a": [1 2]}', '1:10 This is not JSON: 2 can’t stand here.'],
    ['{"a": [1,\n é]}', '2:2 This is not JSON: a character outside of ASCII can’t stand here.'],
    ['{"a": [{"b": }]}', '1:14 This is not JSON: "}" can’t stand here.'],
    ['{"a": ["b", ]}', '1:13 This is not JSON: "]" can’t stand here.'],
    ['{"a": [1]} {}', '1:12 This is not JSON: "{" can’t stand here.'],
    ['{"a": [1]]', '1:10 This is not JSON: "]" can’t stand here.'],
    ['{a: [1]}', '1:2 This is not JSON: "a" can’t stand here.'],
    ['<html>', '1:1 This is not JSON: "<" can’t stand here.'],
    ['["a\nb"]', '1:4 This is not JSON: "\\n" can’t stand here.'],
    ['[01]', '1:3 This is not JSON: 1 can’t stand here.'],
    ['["\\x"]', '1:4 This is not JSON: "x" can’t stand here.'],
  ])('end where it is not JSON: %j', async (text, message) => {
    expect(await unreadable(text)).toBe(message);
  });

  it('come up to where it is not JSON', async () => {
    const found: JsonFound[] = [];
    const read = async () => {
      for await (const each of values(file('{"a": [1, 2, x]}'), elements)) found.push(each);
    };
    await expect(read()).rejects.toThrow(Unreadable);
    expect(found).toMatchObject([{ value: 1 }, { value: 2 }]);
  });

  it('end where it is not UTF-8', async () => {
    expect(await unreadable(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]))).toContain('not UTF-8');
  });

  it('are passed over when they are too deep or too large, and what follows is read', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const large = JSON.stringify(Array.from({ length: 50_000 }, () => 'word'));
    const found = await all(`{"a": [1,\n${deep}, ${large}, 2]}`, elements, { bytes: 250_000 }, 4096);
    expect(found).toMatchObject([
      { value: 1 },
      { at: { line: 2, column: 1 }, path: ['a', 1], problem: expect.stringContaining('100 levels deep') },
      { at: { line: 2, column: 400_003 }, path: ['a', 2], problem: expect.stringContaining('larger than 250000 bytes') },
      { value: 2 },
    ]);
    expect(await all(deep, () => 'pass')).toEqual([]);
  });

  it('end where one text is larger than what may be in memory', async () => {
    async function* endless() {
      yield '{"a":\n [1, "';
      for (;;) yield 'x'.repeat(100_000);
    }
    const source: SourceFile = { ...file(''), text: endless };
    const read = gather(values(source, () => 'pass', { bytes: 1_000_000 }));
    await expect(read).rejects.toMatchObject({ at: { line: 2, column: 6 }, message: expect.stringContaining('1000000 bytes') });
  });

  it('that are entered too deeply end in a problem too', async () => {
    const found = await all('[[[[1]]], 2]', () => 'enter', { depth: 2 });
    expect(found).toMatchObject([
      { path: [0, 0], problem: expect.stringContaining('2 levels deep') },
      { path: [1], value: 2 },
    ]);
  });
});

describe('lines of JSON', () => {
  it('are read with their numbers, and blank ones passed over', async () => {
    expect(await allLines('{"a": 1}\r\n\n  \n[2]\n"é"')).toEqual([
      { at: { file: 'a.json', line: 1 }, value: { a: 1 } },
      { at: { file: 'a.json', line: 4 }, value: [2] },
      { at: { file: 'a.json', line: 5 }, value: 'é' },
    ]);
  });

  it('are told when they are wrong, and the next is read', async () => {
    const text = `{"a": }\n  {"é": 1\n${'['.repeat(101)}\n"${'x'.repeat(600)}"\n{} {}\n"\\"[["\n3`;
    expect(await allLines(text, { bytes: 500 })).toEqual([
      { at: { file: 'a.json', line: 1, column: 7 }, problem: 'This is not JSON: "}" can’t stand here. The line was left out.' },
      { at: { file: 'a.json', line: 2, column: 10 }, problem: 'This is not JSON: it ends in the middle. The line was left out.' },
      { at: { file: 'a.json', line: 3 }, problem: expect.stringContaining('100 levels deep') },
      { at: { file: 'a.json', line: 4 }, problem: expect.stringContaining('longer than 500') },
      { at: { file: 'a.json', line: 5, column: 4 }, problem: expect.stringContaining('"{" can’t stand here') },
      { at: { file: 'a.json', line: 6 }, value: '"[[' },
      { at: { file: 'a.json', line: 7 }, value: 3 },
    ]);
  });

  it('may make one array, as in dumps of Wikidata', async () => {
    expect(await allLines('[\n{"id": "Q1"},\n{"id": "Q2"}\n]\n', { inArray: true })).toMatchObject([
      { at: { line: 2 }, value: { id: 'Q1' } },
      { at: { line: 3 }, value: { id: 'Q2' } },
    ]);
  });

  it('keep a name __proto__ harmless', async () => {
    const [line] = await allLines('{"__proto__": {"admin": true}}');
    expect(line && 'value' in line && (line.value as Record<string, unknown>).admin).toBeUndefined();
  });
});
