import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDemo } from '../../src/demo/load.ts';
import { askedFor } from '../../src/exchange/export/asked.ts';
import { formats } from '../../src/exchange/formats.ts';
import type { ExchangeRecord } from '../../src/exchange/record.ts';
import { verbatim } from '../../src/exchange/verbatim.ts';
import { schema } from '../../src/schema.ts';
import { as, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { bring, bringNative, take } from './exchange.ts';

// What an export takes.

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await loadDemo(database.prisma);
  await bringNative(database, [{ type: 'Person', name: 'SECRET', identifiers: [{ scheme: 'desk', value: 'draft' }] }]);
});
afterAll(() => database?.close());

const where = (text: string) => askedFor(text, schema, { id: null, role: 'ADMIN' });
const recordsOf = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ExchangeRecord);

describe('an export', () => {
  it.each(['jsonld', 'csv', 'timelinejs', 'popolo'])('as %s has nothing that is not published', async (name) => {
    const format = formats.get(name);
    if (!format) throw new Error('There is no such format.');
    const published = await take(database, format, { statuses: 'published' });
    expect(published.records).toBeGreaterThan(10);
    expect(JSON.stringify(published.files)).not.toContain('SECRET');
    if (name !== 'timelinejs') expect(JSON.stringify((await take(database, format)).files)).toContain('SECRET');
  });

  it('takes what is asked for, with all that it refers to', async () => {
    const { text } = await take(database, verbatim, {
      asked: where('{ statements: { speaker: { person: { name: { contains: "Araji" } } } } }'),
    });
    const records = recordsOf(text);
    const ids = new Set(records.flatMap((record) => idsIn(record)));
    for (const { id } of records.flatMap(referencesIn)) expect(ids).toContain(id);
    const { statements } = await run(
      database,
      '{ statements(where: { speaker: { person: { name: { contains: "Araji" } } } }) { totalCount } }',
    );
    const said = records.filter(({ type }) => type === 'Statement');
    expect(said).toHaveLength((statements as { totalCount: number }).totalCount);
    expect(records.filter(({ type }) => type === 'Person').length).toBeLessThan(5);
  });

  it('of a part goes into an empty database without a problem', async () => {
    const { text } = await take(database, verbatim, { asked: where('{ events: {}, statements: { quoteType: { eq: DIRECT } } }') });
    const empty = await openTestDatabase();
    try {
      expect((await bring(empty, verbatim, { 'part.jsonl': text })).problems).toEqual([]);
      expect((await take(empty, verbatim)).text).toBe(text);
    } finally {
      await empty.close();
    }
  });

  it('takes a filter as JSON too', async () => {
    const one = await take(database, verbatim, { asked: where('{ people: { name: { contains: "Araji" } } }') });
    const other = await take(database, verbatim, { asked: where('{"people": {"name": {"contains": "Araji"}}}') });
    expect(one.records).toBeGreaterThan(0);
    expect(other.text).toBe(one.text);
  });

  it.each([
    ['{ statements: ', 'The filter can’t be read: Syntax Error'],
    ['"statements"', 'The filter is not an object.'],
    ['{}', 'The filter is empty.'],
    ['{ speeches: {} }', 'There is no "speeches" to filter; there are places, organizations'],
    ['{ people: { age: { eq: 7 } } }', 'The filter is wrong at people, which is {"age":{"eq":7}}: Field "age" is not defined'],
    ['{ events: { date: { after: "yesterday" } } }', 'The filter is wrong at events.date.after, which is "yesterday":'],
  ])('refuses the filter %s', (text, message) => {
    expect(() => where(text)).toThrow(message);
  });

  it('is what is published to a reader, when it is for the public', async () => {
    const { text } = await take(database, verbatim, { statuses: 'published' });
    const published = recordsOf(text);
    const counts = await run(
      as(database, 'READER'),
      '{ people { totalCount } statements { totalCount } documents { totalCount } events { totalCount } }',
    );
    for (const [list, type] of Object.entries({ people: 'Person', statements: 'Statement', documents: 'Document', events: 'Event' })) {
      expect(published.filter((record) => record.type === type)).toHaveLength((counts[list] as { totalCount: number }).totalCount);
    }
  });
});

function idsIn(record: object): string[] {
  return Object.entries(record).flatMap(([key, value]) => {
    if (key === 'id') return [String(value)];
    // What is referred to is an object with an id alone.
    if (Array.isArray(value)) return value.filter((each) => Object.keys(each).length > 1).flatMap(idsIn);
    return [];
  });
}

function referencesIn(value: unknown): { id: string }[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (value === null || typeof value !== 'object') return [];
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === 'id') return [value as { id: string }];
  return Object.values(value).flatMap(referencesIn);
}
