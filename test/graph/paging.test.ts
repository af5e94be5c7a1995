import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../support/ask.ts';
import { Random, seed } from '../support/chance.ts';
import { type Connection, connections, fullest, kept, type Order, someOrders, sorted } from '../support/connections.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { uuidOf } from '../support/filters.ts';
import { Oracle } from '../support/oracle.ts';

// Each list of the schema, in each of its orders, is read page by page from both ends and compared with a list
// that was sorted here.

let database: TestDatabase;
let oracle: Oracle;
const random = new Random(seed);

beforeAll(async () => {
  database = await openFilledDatabase(12);
  oracle = await Oracle.load(database);
});

afterAll(() => database?.close());

/** A list with its arguments, and what its pages must hold in the end. */
interface List {
  label: string;
  /** Puts the list where it stands in the schema. */
  wrap: (connection: string) => string;
  field: string;
  args: string;
  /** What tells a node from the others. */
  node: string;
  expected: string[];
  /** From where it is read. */
  sides: readonly Side[];
}

type Side = 'forward' | 'backward';
const bothSides: readonly Side[] = ['forward', 'backward'];

interface Page {
  totalCount?: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  edges: { cursor: string; node: unknown }[];
  nodes: unknown[];
}

/** What is asked of a node, so that it can be told from others. */
const marks: Record<string, string> = {
  StatementTopic: 'subject { id }',
  DocumentAuthor: 'author { id }',
  Mention: 'subject { id }',
  Revision: 'model number action',
  SearchHit: 'record { id }',
  TimelineEntry: 'record { id }',
};

function mark(value: unknown): string {
  const node = value as { id?: string; subject?: { id: string }; author?: { id: string }; record?: { id: string } };
  const id = node.id ?? node.subject?.id ?? node.author?.id ?? node.record?.id;
  return id ? uuidOf(id) : JSON.stringify(value);
}

async function lists({ type, field, node, orders: names }: Connection): Promise<List[]> {
  const asked = (order: readonly Order[]) =>
    order.length > 0 ? `orderBy: [${order.map(({ by, direction }) => `{ by: ${by}, direction: ${direction} }`).join(', ')}]` : '';
  const base = { field, node: marks[node] ?? 'id', sides: bothSides };
  if (field === 'search' || field === 'timeline') return [await unpaged(base)];
  if (type === 'Query') {
    const all = oracle.seen(node).map((row) => ({ row, link: row }));
    return someOrders(names, random, () => ['ASC', 'DESC']).map((order) => ({
      ...base,
      label: `${field} ${asked(order)}`,
      wrap: (text) => text,
      args: asked(order),
      expected: sorted(oracle, node, all, order).map(({ row }) => row.id),
    }));
  }
  if (field === 'revisions') return [await revisions(type, base)];
  const { id, row } = fullest(oracle, type, field);
  const wrap = (text: string) => `node(id: "${id}") { ... on ${type} { ${text} } }`;
  const entries = oracle.list(type, row, field);
  const args = field === 'positions' ? 'at: "../.."' : '';
  if (marks[node]) {
    // The subject or author at the end of each link.
    const ends = ['personId', 'organizationId', 'placeId', 'eventId'];
    const expected = kept(oracle, type, row, field).map(({ row: link }) => String(ends.map((end) => link[end]).find(Boolean)));
    return [{ ...base, label: `${type}.${field}`, wrap, args, expected }];
  }
  // Lists that hang on records are all made alike: each has each order in one direction, so that several have it in both.
  return someOrders(names, random, () => [random.pick(['ASC', 'DESC'])]).map((order, i) => ({
    ...base,
    label: `${type}.${field} ${asked(order)}`,
    wrap,
    args: `${args} ${asked(order)}`,
    expected: sorted(oracle, node, entries, order).map(({ row: found }) => found.id),
    sides: i === 0 ? bothSides : [i % 2 === 0 ? 'forward' : 'backward'],
  }));
}

/** The searches and timelines have tests of their own, so here one page of all is the measure of smaller ones. */
async function unpaged(base: Pick<List, 'field' | 'node' | 'sides'>): Promise<List> {
  const { field, node } = base;
  const args = field === 'search' ? 'query: "Irak or mission or Kazimi"' : `of: "${fullest(oracle, 'Organization', 'members').id}"`;
  const data = await run<Record<string, Page>>(database, `{ ${field}(first: 100, ${args}) { nodes { ${node} } } }`);
  const expected = data[field]?.nodes.map(mark) ?? [];
  expect(expected.length).toBeLessThan(100);
  return { ...base, label: field, wrap: (text) => text, args, expected };
}

async function revisions(type: string, base: Pick<List, 'field' | 'node' | 'sides'>): Promise<List> {
  const [most] = await database.raw(`SELECT "recordId" AS id FROM "Revision" JOIN "${type}" AS t ON t.id = "recordId"
    WHERE "recordId" IN ('${oracle
      .seen(type)
      .map(({ id }) => id)
      .join("','")}') GROUP BY "recordId" ORDER BY count(*) DESC, "recordId" LIMIT 1`);
  const rows = await database.raw(`SELECT "model", "number", "action" FROM "Revision"
    WHERE "recordId" = '${most?.id}' AND "status" = 'PUBLISHED' AND NOT "changesStatus" ORDER BY id DESC`);
  const id = Buffer.from(`${type}:${most?.id}`).toString('base64');
  return {
    ...base,
    label: `${type}.revisions`,
    wrap: (text) => `node(id: "${id}") { ... on ${type} { ${text} } }`,
    args: '',
    expected: rows.map((row) => JSON.stringify(row)),
  };
}

/** Reads lists to their ends, a page of each at a time, all in one operation. */
async function readPages(all: readonly List[], direction: Side): Promise<string[][]> {
  const found = all.map((): string[] => []);
  const cursors = all.map((): string | null => null);
  const isForward = direction === 'forward';
  let open = all.map((_, i) => i);
  while (open.length > 0) {
    const sizes = all.map(({ expected }) => 1 + random.below(Math.max(2, expected.length)));
    const fields = open.map((i) => {
      const list = all[i] as List;
      const page = `${isForward ? 'first' : 'last'}: ${sizes[i]} ${cursors[i] ? `${isForward ? 'after' : 'before'}: "${cursors[i]}"` : ''}`;
      const selection = `pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { ${list.node} } edges { cursor node { ${list.node} } } ${cursors[i] ? '' : 'totalCount'}`;
      return `a${i}: ${list.wrap(`page: ${list.field}(${page} ${list.args}) { ${selection} }`).replace(/^page: /, '')}`;
    });
    const data = await run<Record<string, Page & { page?: Page }>>(database, `{ ${fields.join(' ')} }`);
    open = open.filter((i) => {
      const list = all[i] as List;
      const page = (data[`a${i}`]?.page ?? data[`a${i}`]) as Page;
      const ids = page.nodes.map(mark);
      const seen = found[i] as string[];
      if (!cursors[i]) expect(page.totalCount, list.label).toBe(list.expected.length);
      found[i] = isForward ? [...seen, ...ids] : [...ids, ...seen];
      const more = (found[i]?.length ?? 0) < list.expected.length;
      expect(
        page.edges.map(({ node }) => mark(node)),
        list.label,
      ).toEqual(ids);
      expect(ids.length, `${list.label} has ${seen.length} before this page`).toBe(
        Math.min(sizes[i] ?? 0, list.expected.length - seen.length),
      );
      expect(page.pageInfo, `${list.label} ${direction} after ${seen.length}`).toEqual({
        hasNextPage: isForward ? more : cursors[i] !== null,
        hasPreviousPage: isForward ? cursors[i] !== null : more,
        startCursor: page.edges[0]?.cursor ?? null,
        endCursor: page.edges.at(-1)?.cursor ?? null,
      });
      cursors[i] = isForward ? page.pageInfo.endCursor : page.pageInfo.startCursor;
      return more;
    });
  }
  return found;
}

describe.each([...new Set(connections().map(({ type }) => type))])('the lists of %s', (type) => {
  test('are read to the end from either side', async () => {
    const all = (
      await Promise.all(
        connections()
          .filter((each) => each.type === type)
          .map(lists),
      )
    ).flat();
    for (const list of all)
      expect(list.expected.length, `${list.label} has too little to be read in pages (VERBATIM_SEED=${seed})`).toBeGreaterThan(1);
    for (const direction of ['forward', 'backward'] as const) {
      // Lists that hang on a record are all made alike, so of their orders each is read from one side only.
      const read = all.filter(({ sides }) => sides.includes(direction));
      for (let start = 0; start < read.length; start += 30) {
        const some = read.slice(start, start + 30);
        const found = await readPages(some, direction);
        some.forEach((list, i) => {
          expect(found[i], `${list.label} ${direction} (VERBATIM_SEED=${seed})`).toEqual(list.expected);
        });
      }
    }
  });
});
