import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbatim } from '../../src/exchange/verbatim.ts';
import { verify } from '../../src/verify/verify.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { bring, take } from './exchange.ts';

let filled: TestDatabase;
let sound: TestDatabase;
let empty: TestDatabase;

beforeAll(async () => {
  filled = await openFilledDatabase(24);
  [sound, empty] = [await openTestDatabase(), await openTestDatabase()];
});
afterAll(async () => {
  await filled?.close();
  await sound?.close();
  await empty?.close();
});

describe('the native format', () => {
  it('carries all that the record holds: export, import into an empty database, export again', async () => {
    const random = await take(filled, verbatim);
    expect(random.records).toBeGreaterThan(100);
    // The random record has what is published depend on drafts, which no writer could do.
    expect((await bring(sound, verbatim, { 'record.jsonl': random.text.replaceAll('"DRAFT"', '"PUBLISHED"') })).problems).toEqual([]);
    const first = await take(sound, verbatim);
    expect(first.records).toBe(random.records);
    const brought = await bring(empty, verbatim, { 'record.jsonl': first.text });
    expect(brought.problems).toEqual([]);
    const second = await take(empty, verbatim);
    const [one, other] = [first.text.split('\n'), second.text.split('\n')];
    for (const [i, line] of one.entries())
      if (line !== other[i]) expect(JSON.parse(other[i] || 'null')).toEqual(JSON.parse(line || 'null'));
    expect(second.text).toBe(first.text);
    expect((await verify(empty.prisma)).findings).toEqual([]);
    const again = await bring(empty, verbatim, { 'record.jsonl': first.text });
    expect(again.told).toEqual([]);
    expect(Object.values(again.result.counts).flatMap((each) => Object.keys(each ?? {}))).toEqual(
      Object.keys(again.result.counts).map(() => 'unchanged'),
    );
  });
});
