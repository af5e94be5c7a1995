import type { TestDatabase } from '../support/database.ts';

/** What every table holds, as a hash: of the record, its history, and what waits. */
export async function hashes({ raw }: TestDatabase): Promise<Record<string, string>> {
  const tables = await raw(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname IN ('public', 'history') AND tablename <> '_prisma_migrations' ORDER BY 1`,
  );
  const each = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') AS hash FROM ${name} AS t`,
  );
  const rows = await raw(each.join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, hash }) => [String(name), String(hash)]));
}

/** How many rows each table has. */
export async function counts(database: TestDatabase): Promise<Record<string, number>> {
  return Object.fromEntries(Object.entries(await hashes(database)).map(([name, hash]) => [name, Number(hash.split(' ')[0])]));
}
