import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { Random, seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { conditionsOf, type Filter, FilterSource, meets, uuidOf } from '../support/filters.ts';
import { Oracle, type Row } from '../support/oracle.ts';

// Every filter is compared with an evaluation in plain JavaScript over the same rows: docs/decisions/0007-filters.md.

/** How the records of a model that match are asked for: a list of their own, or one of their parents' lists. */
const entries: Record<string, { root: string; list?: string; parts?: [model: string, list: string] }> = {
  Person: { root: 'people' },
  Organization: { root: 'organizations' },
  Place: { root: 'places' },
  Event: { root: 'events' },
  Document: { root: 'documents' },
  Statement: { root: 'statements' },
  Review: { root: 'reviews' },
  Membership: { root: 'organizations', list: 'members' },
  Participation: { root: 'events', list: 'participations' },
  EventLink: { root: 'events', list: 'linksFrom' },
  StatementLink: { root: 'statements', list: 'linksFrom' },
  Appearance: { root: 'documents', list: 'appearances' },
  Citation: { root: 'documents', list: 'citations' },
  // These have no lists with a filter: their records are asked for by them.
  Name: { root: 'people', parts: ['Person', 'names'] },
  Identifier: { root: 'documents', parts: ['Document', 'identifiers'] },
  DocumentAuthor: { root: 'documents', parts: ['Document', 'authors'] },
  StatementTopic: { root: 'statements', parts: ['Statement', 'about'] },
};

let database: TestDatabase;
let oracle: Oracle;
let source: FilterSource;

beforeAll(async () => {
  database = await openFilledDatabase(24);
  oracle = await Oracle.load(database);
  source = new FilterSource(oracle, new Random(seed));
});

afterAll(() => database?.close());

/** The rows that the API is asked for with a filter on a model, and the filter that it is asked with. */
function question(model: string, filter: Filter): { of: string; filter: Filter } {
  const [of, list] = entries[model]?.parts ?? [];
  return of && list ? { of, filter: { [list]: { some: filter } } } : { of: model, filter };
}

/** The UUIDs that the API gives for each filter, twenty filters in one operation. */
async function answers(model: string, filters: readonly Filter[]): Promise<string[][]> {
  const { root, list } = entries[model] ?? { root: '' };
  const { of } = question(model, {});
  const found: string[][] = [];
  for (let start = 0; start < filters.length; start += 20) {
    const some = filters.slice(start, start + 20);
    const variables = Object.fromEntries(some.map((filter, i) => [`f${i}`, question(model, filter).filter]));
    const fields = some.map((_, i) =>
      list
        ? `a${i}: ${root}(first: 100) { nodes { ${list}(first: 100, where: $f${i}) { pageInfo { hasNextPage } nodes { id } } } pageInfo { hasNextPage } }`
        : `a${i}: ${root}(first: 100, where: $f${i}) { nodes { id } pageInfo { hasNextPage } }`,
    );
    const operation = `query (${Object.keys(variables)
      .map((name) => `$${name}: ${of}Filter`)
      .join(', ')}) { ${fields.join(' ')} }`;
    const { data, errors } = await ask<Record<string, Connection>>(database, operation, variables);
    if (errors.length > 0 || !data) throw new Error(`${errors[0]?.message} for ${JSON.stringify(variables)} (VERBATIM_SEED=${seed})`);
    found.push(...some.map((_, i) => idsIn(data[`a${i}`] as Connection, list)));
  }
  return found;
}

interface Connection {
  nodes: ({ id: string } & Record<string, Connection>)[];
  pageInfo: { hasNextPage: boolean };
}

function idsIn({ nodes, pageInfo }: Connection, list?: string): string[] {
  if (pageInfo.hasNextPage) throw new Error('There are more than 100: the test doesn’t see them all.');
  return list ? nodes.flatMap((node) => idsIn(node[list] as Connection)) : nodes.map(({ id }) => uuidOf(id)).sort();
}

/** The rows that a filter on a model is asked of, and whether each meets it. */
function expected(model: string, filter: Filter): { row: Row; holds: boolean }[] {
  const asked = question(model, filter);
  return oracle.seen(asked.of).map((row) => ({ row, holds: meets(oracle, asked.of, asked.filter, row) }));
}

const idsOf = (rows: { row: Row; holds: boolean }[]) =>
  rows
    .filter(({ holds }) => holds)
    .map(({ row }) => row.id)
    .sort();

async function compare(model: string, filters: readonly Filter[]): Promise<void> {
  const found = await answers(model, filters);
  filters.forEach((filter, i) => {
    expect(found[i]?.sort(), `${model} where ${JSON.stringify(filter)} (VERBATIM_SEED=${seed})`).toEqual(idsOf(expected(model, filter)));
  });
}

test('every filter of the schema is tested', async () => {
  const { schema } = await import('../../src/schema.ts');
  const filters = Object.keys(schema.getTypeMap()).filter((name) => name.endsWith('Filter') && Object.hasOwn(entries, name.slice(0, -6)));
  const others = Object.values(schema.getTypeMap()).filter(
    (type) => type.name.endsWith('Filter') && 'getFields' in type && 'not' in type.getFields(),
  );
  // Those of the review are tested with it.
  const ofReview = ['ProposalFilter', 'ReviewItemFilter'];
  expect(others.map(({ name }) => name).sort()).toEqual([...filters, ...ofReview].sort());
});

describe.each(Object.keys(entries))('%s', (model) => {
  test('each condition gives just what meets it, and its `not` the others', async () => {
    const filters: Filter[] = [];
    for (const condition of conditionsOf(model)) {
      // Until one was met by some and one was not, so that a condition that always or never holds would be seen.
      const seen = { met: false, missed: false };
      for (let i = 0; i < 400 && (i < 2 || !seen.met || !seen.missed); i++) {
        const filter = source.condition(model, condition, 2);
        const rows = expected(model, filter);
        const [met, missed] = [rows.some(({ holds }) => holds), rows.some(({ holds }) => !holds)];
        if (i === 0 || (met && !seen.met) || (missed && !seen.missed)) filters.push(filter);
        if (met && !seen.met) filters.push({ not: filter });
        seen.met ||= met;
        seen.missed ||= missed;
      }
      expect(seen, `${model} ${JSON.stringify(condition)} makes a difference (VERBATIM_SEED=${seed})`).toEqual({ met: true, missed: true });
    }
    await compare(model, filters);
  });

  test('conditions in `and`, `or` and `not` and through relations', async () => {
    await compare(
      model,
      Array.from({ length: 20 }, () => source.filter(model, 3)),
    );
  });
});
