import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, refused, run } from '../support/ask.ts';
import { Random, seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { globalId } from '../support/filters.ts';
import type { Filled } from '../support/random.ts';

let database: TestDatabase;
let filled: Filled;
const random = new Random(seed);

beforeAll(async () => {
  const copy = await openFilledDatabase(12);
  database = copy;
  filled = copy.filled;
});

afterAll(() => database?.close());

interface Page {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  edges: { cursor: string }[];
}

/** Lists whose cursors hold values of every type, each with what is told of an entry. */
const lists: Record<string, { of?: keyof Filled; field: string; args?: string; node: string }> = {
  'a text and an id': { field: 'people', args: 'orderBy: { by: NAME }', node: 'id' },
  'a date that may be absent': { field: 'people', args: 'orderBy: { by: BIRTH_DATE }', node: 'id' },
  'a text that may be absent, from the end': { field: 'documents', args: 'orderBy: { by: TITLE, direction: DESC }', node: 'id' },
  'several values': { field: 'statements', args: 'orderBy: [{ by: DATE }, { by: CREATED_AT, direction: DESC }]', node: 'id' },
  'a value of another record': { of: 'Event', field: 'participations', args: 'orderBy: { by: EVENT_DATE }', node: 'id' },
  'a link to a record': { of: 'Place', field: 'statementsAbout', node: 'id' },
  'a number': { of: 'Document', field: 'authors', node: 'position' },
  'a text for an id': { of: 'Document', field: 'mentions', node: 'subject { id }' },
  'a large number': { of: 'Person', field: 'revisions', node: 'number' },
  'a time': { of: 'Person', field: 'positions', args: 'at: "../.."', node: 'id' },
  'a rank': { field: 'search', args: 'query: "Irak or mission or Kazimi or coalition"', node: 'record { id }' },
  'a place in time': { field: 'timeline', args: 'of: $of', node: 'record { id }' },
};
const names = Object.keys(lists);

/** An operation that asks for a page of one of the lists. */
function operation(name: string, args: string): string {
  const { of, field, args: own = '', node } = lists[name] ?? { field: '', node: '' };
  const connection = `page: ${field}(${args} ${own}) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { ${node} } } }`;
  const id = globalId(of ?? 'Organization', filled[of ?? 'Organization'][0] ?? '');
  return of ? `{ node(id: "${id}") { ... on ${of} { ${connection} } } }` : `{ ${connection} }`.replace('$of', `"${id}"`);
}

async function page(name: string, args: string): Promise<Page> {
  const data = await run<{ page?: Page; node?: { page: Page } }>(database, operation(name, args));
  return (data.page ?? data.node?.page) as Page;
}

describe.each(names)('the pages of a list whose cursors hold %s', (name) => {
  test('`first: 0` has no entries and tells whether there are any', async () => {
    const { totalCount } = await page(name, 'first: 100');
    expect(totalCount).toBeGreaterThan(2);
    const none = { edges: [], totalCount };
    expect(await page(name, 'first: 0')).toEqual({
      ...none,
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
    expect(await page(name, 'last: 0')).toEqual({
      ...none,
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  test('`after` and `before` together give what stands between', async () => {
    const { edges } = await page(name, 'first: 100');
    for (let i = 0; i < 4; i++) {
      const [from, to] = [random.below(edges.length), random.below(edges.length)];
      const between = `after: "${edges[from]?.cursor}", before: "${edges[to]?.cursor}"`;
      const inside = edges.slice(from + 1, Math.max(from + 1, to));
      const forward = await page(name, `first: 2, ${between}`);
      expect(forward.edges).toEqual(inside.slice(0, 2));
      expect(forward.pageInfo).toMatchObject({ hasNextPage: inside.length > 2, hasPreviousPage: true });
      const backward = await page(name, `last: 2, ${between}`);
      expect(backward.edges).toEqual(inside.slice(-2));
      expect(backward.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: inside.length > 2 });
    }
  });

  test('a cursor that was tampered with is refused, or is one of another entry; it is never a defect', async () => {
    const cursor = (await page(name, 'first: 1')).edges[0]?.cursor ?? '';
    const parts: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    expect(parts.length).toBeGreaterThan(1);
    for (const bad of [
      '',
      ' ',
      'x',
      '%%%',
      cursor.slice(0, -3),
      cursor.slice(1),
      `${cursor}AAAA`,
      'bnVsbA',
      'e30',
      'W10',
      '0',
      '🕊️',
      'W'.repeat(10_000),
    ]) {
      await expectRefused(name, bad);
    }
    const encode = (json: string) => Buffer.from(json).toString('base64url');
    const text = (values: readonly unknown[]) => encode(JSON.stringify(values));
    for (const bad of [
      parts.slice(0, -1),
      [...parts, parts.at(-1)],
      [parts],
      parts.slice(1),
      [null, ...parts.slice(1)],
      ['x', ...parts.slice(1)],
    ]) {
      await expectRefused(name, text(bad));
    }
    for (let i = 1; i < parts.length; i++) {
      const changed = (value: unknown) => text(parts.map((part, j) => (i === j ? value : part)));
      for (const value of [true, {}, [], ['x'], '\0', 'a\0b']) await expectRefused(name, changed(value));
      // No text, number or date of any length or shape is more than a wrong place in the list.
      for (const value of hostile) await expectNoDefect(name, changed(value));
      await expectNoDefect(name, encode(JSON.stringify(parts.map((part, j) => (i === j ? 'HUGE' : part))).replace('"HUGE"', '1e999')));
    }
  });
});

const uuid = '00000000-0000-0000-0000-000000000000';
const hostile = [
  ...[null, 0, -1, 0.5, 2 ** 31, 2 ** 53, -1e300],
  ...['', 'x', '\ud800', '𝔄', "'", '\\', '%', '-1', '1', '9'.repeat(18), '9'.repeat(19), 'x'.repeat(5_000), 'Infinity', 'NaN'],
  ...[
    '2021',
    '2021-02-31',
    '2021-99-99T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
    '+010000-01-01T00:00:00.000Z',
    '+275760-09-13T00:00:00.000Z',
  ],
  ...['0000-01-01T00:00:00.000Z', '-000044-03-15T00:00:00.000Z', '-271821-04-20T00:00:00.000Z'],
  ...[uuid, uuid.replace(/.$/, 'g'), uuid.replaceAll('0', 'f'), uuid.replaceAll('0', 'F'), `{${uuid}}`],
];

/** Either way of using a cursor; they are read by the same code. */
const eitherSide = (cursor: string) =>
  random.pick([`first: 2, after: ${JSON.stringify(cursor)}`, `last: 2, before: ${JSON.stringify(cursor)}`]);

async function expectRefused(name: string, cursor: string): Promise<void> {
  const args = eitherSide(cursor);
  expect(await refused(database, operation(name, args)), args).toMatchObject({ code: 'INVALID_CURSOR' });
}

async function expectNoDefect(name: string, cursor: string): Promise<void> {
  const args = eitherSide(cursor);
  const { errors } = await ask(database, operation(name, args));
  const told = errors.map(({ extensions, message }) => extensions.code ?? message);
  expect(
    told.filter((code) => code !== 'INVALID_CURSOR'),
    `${args}: ${Buffer.from(cursor, 'base64url').toString()}`,
  ).toEqual([]);
}

test('a cursor of one list or order is refused in another', async () => {
  const cursors = await Promise.all(names.map(async (name) => (await page(name, 'first: 1')).edges[0]?.cursor ?? ''));
  for (const [i, name] of names.entries()) {
    for (const [j, cursor] of cursors.entries()) if (i !== j) await expectRefused(name, cursor);
  }
  const [name] = (await page('a text and an id', 'first: 1')).edges;
  for (const order of ['{ by: NAME, direction: DESC }', '{ by: SORT_NAME }', '[{ by: NAME }, { by: CREATED_AT }]']) {
    const error = await refused(database, `{ people(first: 1, after: "${name?.cursor}", orderBy: ${order}) { nodes { id } } }`);
    expect(error).toMatchObject({ code: 'INVALID_CURSOR', path: ['people'] });
    expect(error.message).toContain('it comes from a list with another order');
  }
});

test('a page has 0 to 100 entries, from one side', async () => {
  for (const args of ['first: 101', 'first: -1', 'last: 101', 'last: -1', 'first: 1, last: 1']) {
    for (const name of names)
      expect(await refused(database, operation(name, args)), `${name} ${args}`).toMatchObject({ code: 'INVALID_PAGE' });
  }
});

/** Lists to which copies of their records are added while they are read. */
const growing = ['people', 'organizations', 'places', 'events', 'documents', 'statements'];

describe('while records are added between the pages', () => {
  const tables = {
    people: 'Person',
    organizations: 'Organization',
    places: 'Place',
    events: 'Event',
    documents: 'Document',
    statements: 'Statement',
  } as Record<string, keyof Filled>;

  /** Adds a copy of a record, which is equal to it in every order. */
  async function copy(model: keyof Filled): Promise<void> {
    const [id, original] = [random.uuid(), random.pick(filled[model])];
    const changed = model === 'Document' ? { id, url: `https://example.org/${id}` } : { id };
    await database.raw(
      `INSERT INTO "${model}" SELECT (jsonb_populate_record(t, '${JSON.stringify(changed)}')).* FROM "${model}" AS t WHERE id = '${original}'`,
    );
    if (model === 'Statement') {
      const topic = { id: random.uuid(), statementId: id };
      await database.raw(
        `INSERT INTO "StatementTopic" SELECT (jsonb_populate_record(t, '${JSON.stringify(topic)}')).* FROM "StatementTopic" AS t WHERE "statementId" = '${original}' AND "placeId" IS NOT NULL LIMIT 1`,
      );
    }
  }

  const orders = ['', 'orderBy: { by: CREATED_AT, direction: DESC }'];
  const of = (model: keyof Filled) => globalId(model, filled[model][0] ?? '');
  const cases = [
    ...growing.flatMap((field) =>
      orders.map((order) => ({
        field: `${field} ${order}`,
        model: tables[field] ?? 'Person',
        ask: (page: string) => `{ list: ${field}(${page} ${order}) $ }`,
        node: 'id',
      })),
    ),
    ...['statements', 'addressedStatements'].map((field) => ({
      field: `Person.${field}`,
      model: 'Statement' as const,
      ask: (page: string) => `{ of: person(by: { id: "${of('Person')}" }) { list: ${field}(${page}) $ } }`,
      node: 'id',
    })),
    {
      field: 'Place.statementsAbout',
      model: 'Statement' as const,
      ask: (page: string) => `{ of: place(by: { id: "${of('Place')}" }) { list: statementsAbout(${page}) $ } }`,
      node: 'id',
    },
    {
      field: 'search',
      model: 'Statement' as const,
      ask: (page: string) => `{ list: search(query: "Irak or mission", ${page}) $ }`,
      node: 'record { id }',
    },
    {
      field: 'timeline',
      model: 'Statement' as const,
      ask: (page: string) => `{ list: timeline(of: "${of('Place')}", ${page}) $ }`,
      node: 'record { id }',
    },
  ];

  test.each(cases)('$field loses and repeats nothing that was there', async ({ model, ask: asked, node }) => {
    const list = async (args: string) => {
      const selection = `{ pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { ${node} } } }`;
      type List = { pageInfo: Page['pageInfo']; edges: { node: object }[] };
      const data = await run<{ list?: List; of?: { list: List } }>(database, asked(args).replace('$', selection));
      return (data.list ?? data.of?.list) as List;
    };
    const told = ({ edges }: { edges: { node: object }[] }) => edges.map((edge) => JSON.stringify(edge.node));
    for (const isForward of [true, false]) {
      const there = told(await list('first: 100'));
      expect(there.length).toBeGreaterThan(2);
      const met: string[] = [];
      const size = Math.ceil(there.length / 3);
      let page = await list(isForward ? `first: ${size}` : `last: ${size}`);
      for (;;) {
        met.push(...told(page));
        if (!(isForward ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage)) break;
        await copy(model);
        page = await list(
          isForward ? `first: ${size}, after: "${page.pageInfo.endCursor}"` : `last: ${size}, before: "${page.pageInfo.startCursor}"`,
        );
      }
      expect(new Set(met).size).toBe(met.length);
      expect(there.filter((node_) => !met.includes(node_))).toEqual([]);
    }
  });
});
