import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate, readMigrations } from '../../src/database/migrate.ts';
import { openSchemaEngine } from '../../src/database/schema-engine.ts';
import { Refusal } from '../../src/refusal.ts';
import { isPostgres, openEmptyEmbedded, openTestConnection, type TestConnection } from '../support/database.ts';

let connection: TestConnection;

afterEach(() => connection?.close());

describe('the Prisma schema', () => {
  test('is what the migrations make', async () => {
    expect(await missing(await readSchema())).toBe('');
  });

  test('is compared with them', async () => {
    const schema = (await readSchema()).replace(/^model Person \{$/m, '$&\n  nickname String?').replace('  @@index([gender])\n', '');
    expect(await missing(schema)).toBe(
      '-- DropIndex\nDROP INDEX "Person_gender_idx";\n\n-- AlterTable\nALTER TABLE "Person" ADD COLUMN     "nickname" TEXT;',
    );
  });

  /** The SQL between the migrations and a schema. The engine reads embedded databases only. */
  async function missing(schema: string): Promise<string> {
    connection = await openEmptyEmbedded();
    const engine = await openSchemaEngine(connection);
    try {
      return await engine.diff(await readMigrations(), schema);
    } finally {
      engine.close();
    }
  }

  function readSchema(): Promise<string> {
    return readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
  }
});

describe('on an empty database', () => {
  beforeEach(async () => {
    connection = await openTestConnection({ migrated: false });
  });

  test('the migrations are applied once', async () => {
    const names = (await readMigrations()).map(({ name }) => name);
    expect(await migrate(connection)).toEqual(names);
    expect(await migrate(connection)).toEqual([]);
  });

  // An embedded database has one process, which migrates it once.
  test.runIf(isPostgres)('of two that migrate at once, one does', async () => {
    const names = (await readMigrations()).map(({ name }) => name);
    const applied = await Promise.all([migrate(connection), migrate(connection)]);
    expect(applied).toContainEqual(names);
    expect(applied).toContainEqual([]);
  });
});

describe('on a migrated database', () => {
  beforeEach(async () => {
    connection = await openTestConnection();
  });

  test('there is nothing to do', async () => {
    expect(await migrate(connection)).toEqual([]);
  });

  test('a migration that this code does not know is refused', async () => {
    await connection.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name) VALUES ('1', '', now(), '20990101000000_later')`,
    );
    await expectRefusal(/newer than this Verbatim: it has the migration 20990101000000_later/);
  });

  test('a migration that did not finish is refused', async () => {
    await connection.query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '20261123000002_rules'`);
    await expectRefusal(/migration 20261123000002_rules did not finish/);
  });

  test('a migration that was changed since is refused', async () => {
    await connection.query(`UPDATE _prisma_migrations SET checksum = repeat('0', 64) WHERE migration_name = '20261123000001_tables'`);
    await expectRefusal(/migration 20261123000001_tables is not the one/);
  });

  test('a migration that fails is told', async () => {
    const last = (await readMigrations()).at(-1)?.name;
    // Taken back in name only, so that what it makes is there already.
    await connection.query(`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '${last}'`);
    await expectRefusal(/can't be brought up to date: ./);
  });
});

async function expectRefusal(message: RegExp): Promise<void> {
  const outcome = await migrate(connection).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(Refusal);
  expect(outcome).toHaveProperty('message', expect.stringMatching(message));
}
