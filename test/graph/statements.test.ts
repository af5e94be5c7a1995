import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDemo } from '../../src/demo/load.ts';
import { examples } from '../../src/playground/examples.ts';
import { run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';

// How many SQL statements a query takes: one for each entry point, one for a total count of one, two for a
// search. It must not depend on how much there is.

const statementsOf: Record<string, number> = {
  '01-latest-statements.graphql': 2,
  '02-person-and-capacities.graphql': 1,
  '03-end-of-the-mission.graphql': 1,
  '04-relayed-words.graphql': 1,
  '05-answers-between-events.graphql': 1,
  '06-search.graphql': 6,
  '07-speakers-and-their-organizations.graphql': 1,
};

/** Queries for what the examples don't show, by what they show. */
const others: Record<string, { query: string; statements: number }> = {
  'fragments on interfaces': {
    query: `{ statements { nodes { speaker { ...Who } about { nodes { subject { id ... on Actor { ...Who } ... on Event { title { text } } } } } } } }
      fragment Who on Actor { name memberships(first: 2) { nodes { role member { name } } } }`,
    statements: 1,
  },
  'a list that is asked for twice with different arguments': {
    query:
      '{ people { nodes { early: statements(first: 1, orderBy: { by: DATE }) { nodes { text } } late: statements(first: 1) { nodes { text } } } } }',
    statements: 2,
  },
  'counts at two levels': {
    query: '{ events { totalCount nodes { statementsAbout { totalCount } participations { totalCount nodes { role } } } } }',
    statements: 2,
  },
  views: {
    query: '{ documents { nodes { mentions(first: 5) { nodes { subject { id } } } revisions(first: 2) { nodes { action } } } } }',
    statements: 1,
  },
};

const cases = [
  ...examples.map(({ file, query }) => ({ name: file, query, count: statementsOf[file] })),
  ...Object.entries(others).map(([name, { query, statements }]) => ({ name, query, count: statements })),
];

async function countOf(database: TestDatabase, query: string): Promise<number> {
  database.statements.length = 0;
  await run(database, query);
  return database.statements.filter((sql) => !/^(BEGIN|COMMIT)/.test(sql)).length;
}

let small: TestDatabase;
let large: TestDatabase;
beforeAll(async () => {
  // The demo record holds about a hundred records and links, and this several hundred more.
  [small, large] = [await openTestDatabase(), await openFilledDatabase(24)];
  for (const database of [small, large]) await loadDemo(database.prisma);
}, 300_000);
afterAll(() => Promise.all([small, large].map((database) => database.close())));

test('each example has its number here', () => {
  expect(Object.keys(statementsOf)).toEqual(examples.map(({ file }) => file));
});

describe.each(cases)('$name', ({ query, count }) => {
  test(`takes ${count} SQL statements, and as many when there is several times as much`, async () => {
    expect(await countOf(small, query)).toBe(count);
    expect(await countOf(large, query)).toBe(count);
  });

  test('asks the database for no more than a page of any list', async () => {
    large.statements.length = 0;
    await run(large, query);
    const unbounded = large.statements.filter((sql) => {
      // The first is the root, which names its records or is a page itself.
      const [, ...lists] = [...sql.matchAll(/json_agg\((_\d+)\)/g)].map(([, alias]) => alias);
      return lists.some((alias) => {
        const isBounded = new RegExp(`LIMIT \\$\\d+\\) AS ${alias}\\b`).test(sql);
        // Names, identifiers, spans and translations are a record's own few parts.
        const isPart = new RegExp(`FROM "(Name|Identifier|Span|Translation)" AS _\\d+ WHERE [^()]*\\) AS ${alias}\\b`).test(sql);
        return !isBounded && !isPart;
      });
    });
    expect(unbounded).toEqual([]);
  });
});
