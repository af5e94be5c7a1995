import type { TestDatabase } from '../support/database.ts';

// All tables by plain SQL, so that nothing but the database itself judges what a merge does.

/** What is written anew with every change: for whom it was prepared matters, not its id. */
const derived = ['SearchEntry', 'ComparedName'];
/** What remembers that a merge was. */
const memory = ['Merge', '_prisma_migrations'];

/** The rows of every table, without the count of their changes. */
export type Snapshot = Record<string, Record<string, unknown>[]>;

export async function snapshot({ raw }: Pick<TestDatabase, 'raw'>): Promise<Snapshot> {
  const tables = (await raw(`SELECT c.relname AS name FROM pg_class AS c
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1`)) as { name: string }[];
  const result: Snapshot = {};
  for (const { name } of tables.filter((table) => !memory.includes(table.name))) {
    const without = derived.includes(name) ? 'id' : 'revision,updatedAt';
    const rows = (await raw(
      `SELECT to_jsonb(t) - '{${without}}'::text[] AS row FROM "${name}" AS t ORDER BY (to_jsonb(t) - '{${without}}'::text[])::text`,
    )) as {
      row: Record<string, unknown>;
    }[];
    result[name] = rows.map(({ row }) => row);
  }
  return result;
}

/** The number of rows of each table that is no derivation. */
export function counts(of: Snapshot): Record<string, number> {
  const kept = Object.entries(of).filter(([name]) => !derived.includes(name));
  return Object.fromEntries(kept.map(([name, rows]) => [name, rows.length]));
}

/** The rows that refer to a record by a foreign key, except for those that were merged into it. */
export async function referencesTo({ raw }: Pick<TestDatabase, 'raw'>, model: string, id: string): Promise<string[]> {
  const keys = (await raw(`
    SELECT s.relname AS "table", a.attname AS "column" FROM pg_constraint AS c
      JOIN pg_class AS s ON s.oid = c.conrelid JOIN pg_class AS t ON t.oid = c.confrelid
      JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND t.relname = '${model}'
      AND a.attname <> 'mergedIntoId' AND s.relname <> 'SearchEntry'`)) as { table: string; column: string }[];
  const found: string[] = [];
  for (const { table, column } of keys) {
    const rows = (await raw(`SELECT id FROM "${table}" WHERE "${column}" = '${id}'`)) as { id: string }[];
    found.push(...rows.map((row) => `${table}.${column} ${row.id}`));
  }
  return found.sort();
}
