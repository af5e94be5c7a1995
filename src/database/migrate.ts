import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Refusal } from '../refusal.ts';
import type { Connection } from './connection.ts';
import type { Migration } from './schema-engine.ts';

/** PostgreSQL's code for a table that isn't there: nothing was migrated yet. */
const undefinedTable = '42P01';

const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/**
 * Brings the tables up to date with `prisma/migrations`, in the order of the folders' names.
 * The bookkeeping is Prisma's own (`_prisma_migrations`), so `prisma migrate deploy` works too.
 * @returns the names of the migrations that were applied now.
 * @throws {Refusal} when the database is newer than this code, or a migration failed or was changed.
 */
export async function migrate(connection: Connection): Promise<string[]> {
  const migrations = await readMigrations();
  if (await isUpToDate(connection, migrations)) return [];
  return connection.exclusively(() => applyMissing(connection, migrations));
}

async function applyMissing(connection: Connection, migrations: Migration[]): Promise<string[]> {
  // Another process may have applied them while this one waited.
  if (await isUpToDate(connection, migrations)) return [];
  let refused: unknown;
  const run = (script: string) =>
    connection.run(script).catch((error) => {
      refused = error;
      throw error;
    });
  const { openSchemaEngine } = await import('./schema-engine.ts');
  const engine = await openSchemaEngine({ adapter: connection.adapter, run });
  try {
    return await engine.apply(migrations);
  } catch (error) {
    // What the database said is clearer than what the engine makes of it.
    const reason = refused ?? error;
    const message = reason instanceof Error ? reason.message : String(reason);
    throw new Refusal(
      `The tables of the database (${connection.name}) can't be brought up to date: ${message}. Verbatim needs a database of its own, in which it may create tables, functions, schemas and the extensions pg_trgm and unaccent.`,
    );
  } finally {
    engine.close();
  }
}

async function isUpToDate(connection: Connection, migrations: Migration[]): Promise<boolean> {
  const applied = await readApplied(connection);
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum, finished } of applied) {
    const migration = known.get(name);
    if (!migration) {
      throw new Refusal(
        `The database (${connection.name}) is newer than this Verbatim: it has the migration ${name}, which isn't known here. Use the Verbatim that wrote it, or a newer one.`,
      );
    }
    if (!finished) {
      throw new Refusal(
        `The migration ${name} did not finish on the database (${connection.name}). Restore the database from a copy, or repair it with "prisma migrate resolve".`,
      );
    }
    if (checksum !== createHash('sha256').update(migration.sql).digest('hex')) {
      throw new Refusal(
        `The migration ${name} is not the one that the database (${connection.name}) was made with. Restore prisma/migrations; a change of the tables needs a new migration.`,
      );
    }
  }
  return applied.length === migrations.length;
}

/** The migrations of this code, oldest first. */
export async function readMigrations(): Promise<Migration[]> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({ name, sql: await readFile(`${migrationsFolder}/${name}/migration.sql`, 'utf8') })),
  );
}

async function readApplied(connection: Connection) {
  const rows = await connection
    .query('SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name')
    .catch((error) => {
      if (error.code === undefinedTable) return [];
      throw error;
    });
  return rows.map((row) => ({
    name: String(row.migration_name),
    checksum: String(row.checksum),
    finished: row.finished_at !== null,
  }));
}
