import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
/** The columns of each index, by table. */
let indexes: Map<string, string[][]>;

beforeAll(async () => {
  database = await openTestDatabase();
  const rows = await database.raw(`
    SELECT t.relname AS "table", array_agg(a.attname::text ORDER BY k.position) AS columns
    FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid JOIN pg_namespace AS n ON n.oid = t.relnamespace
      CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (number, position)
      JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.number
    WHERE n.nspname = 'public' AND i.indisvalid AND i.indpred IS NULL
    GROUP BY t.relname, i.indexrelid`);
  indexes = new Map();
  for (const { table, columns } of rows as { table: string; columns: string[] }[]) {
    indexes.set(table, [...(indexes.get(table) ?? []), columns]);
  }
});

afterAll(() => database?.close());

test('every foreign key has an index that starts with it', async () => {
  const keys = (await database.raw(`
    SELECT t.relname AS "table", array_agg(a.attname::text ORDER BY k.position) AS columns
    FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid
      CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k (number, position)
      JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.number
    WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
    GROUP BY t.relname, c.oid`)) as { table: string; columns: string[] }[];
  expect(keys.length).toBeGreaterThan(40);
  const bare = keys.filter(({ table, columns }) => !indexes.get(table)?.some((index) => startsWith(index, columns)));
  expect(bare).toEqual([]);
});

test('every index of the Prisma schema is there', async () => {
  const declared = indexesOf(await readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8'));
  expect(declared.length).toBeGreaterThan(100);
  const missing = declared.filter(({ model, columns }) => !indexes.get(model)?.some((index) => index.join() === columns.join()));
  expect(missing).toEqual([]);
});

function startsWith(index: string[], columns: string[]): boolean {
  return columns.every((column, i) => index[i] === column);
}

/** The columns of each `@@index` and `@@unique` of a model. */
function indexesOf(schema: string) {
  return [...schema.matchAll(/^model (\w+) \{$(.*?)^\}$/gms)].flatMap(([, model = '', body = '']) =>
    [...body.matchAll(/^ {2}@@(?:index|unique)\(\[(.*?)\](?:,.*)?\)$/gm)].map(([, list = '']) => ({
      model,
      // Without what may follow a column, as in `name(ops: raw("gin_trgm_ops"))`.
      columns: [...list.matchAll(/(\w+)(?:\((?:[^()]|\(.*?\))*\))?(?:, |$)/g)].map(([, column]) => column),
    })),
  );
}
