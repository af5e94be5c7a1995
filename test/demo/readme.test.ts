import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { loadDemo } from '../../src/demo/load.ts';
import { enforceOperation } from '../../src/limits/operation.ts';
import { schema } from '../../src/schema.ts';
import { as, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await loadDemo(database.prisma);
});
afterAll(() => database.close());

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the query in the README has the answer that stands below it', async () => {
  const [, query] = /```graphql\n([\s\S]*?)```/.exec(readme) ?? [];
  const [, answer] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
  if (!query || !answer) throw new Error('The README has no query with an answer.');
  expect({ data: await run(database, query) }).toEqual(JSON.parse(answer));
  // A server takes it, too.
  const { limits } = readConfig({});
  expect(() => enforceOperation(limits, { schema, document: parse(query) })).not.toThrow();
});

test('every variable of the configuration stands in the README, and no other', () => {
  const config = readFileSync(new URL('../../src/config.ts', import.meta.url), 'utf8');
  const read = new Set(config.match(/^ {2}[A-Z][A-Z_]+(?=: )/gm)?.map((name) => name.trim()));
  const told = new Set(readme.match(/`[A-Z][A-Z_]+`/g)?.map((name) => name.slice(1, -1)));
  expect([...told].sort()).toEqual([...read].sort());
});

test('the five mutations of an editor’s day run as they stand, one after the other', async () => {
  const mutations = [...readme.matchAll(/```graphql\n(mutation [\s\S]*?)```/g)].map(([, text = '']) => text);
  expect(mutations).toHaveLength(5);
  const answers: Record<string, { record: Record<string, unknown>; errors: unknown[] }> = {};
  for (const mutation of mutations) Object.assign(answers, await run(as(database, 'EDITOR'), mutation));
  for (const { record, errors } of Object.values(answers)) {
    expect(errors).toEqual([]);
    expect(record).not.toBeNull();
  }
  expect(answers.updateEvent?.record).toEqual({ classification: 'talks', revision: 2 });
  expect(answers.retract?.record).toEqual({ status: 'RETRACTED' });
  expect(answers.revert?.record).toMatchObject({ classification: null, revision: 3 });
  const { statements } = await run(
    database,
    '{ statements(where: { speaker: { person: { identifiers: { some: { value: { eq: "ana-lima" } } } } } }) { nodes { capacity { memberships { role } } appearances { totalCount } } } }',
  );
  expect(statements).toEqual({ nodes: [{ capacity: { memberships: [{ role: 'correspondent' }] }, appearances: { totalCount: 1 } }] });
  const { search } = await run(database, '{ search(query: "Al Shammari") { nodes { record { ... on Person { name } } } } }');
  expect(JSON.stringify(search)).toContain('Abdul Amir al-Shammari');
});
