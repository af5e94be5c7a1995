import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, prepare, type StatementLog } from '../../src/database/database.ts';
import { connectionTo, embeddedOptions } from '../../src/database/embedded.ts';
import { openPostgres } from '../../src/database/postgres.ts';
import { urlOf } from './template.ts';

const template = inject('template');

/** Whether the tests run on a PostgreSQL server, and not on the embedded one. */
export const isPostgres = template.kind === 'postgres';

export type TestConnection = Parameters<typeof prepare>[0];

export interface TestDatabase extends Database {
  /** The SQL statements that Prisma has sent, in order. Set its length to 0 to start anew. */
  statements: string[];
  /** Runs one statement of plain SQL, in a transaction of its own. */
  raw: TestConnection['query'];
}

/** A migrated, empty database that nothing else uses; closing it removes it. */
export async function openTestDatabase({ onStatement }: StatementLog = {}): Promise<TestDatabase> {
  const connection = await openTestConnection();
  const statements: string[] = [];
  const database = await prepare(connection, {
    onStatement: (sql) => {
      statements.push(sql);
      onStatement?.(sql);
    },
  });
  return { ...database, statements, raw: connection.query };
}

/** A connection to a database that nothing else uses; closing it removes it. */
export function openTestConnection({ migrated = true } = {}): Promise<TestConnection> {
  return template.kind === 'postgres' ? onServer(template, migrated) : embedded(template, migrated);
}

let dump: Blob | undefined;

async function embedded({ file }: { file: string }, migrated: boolean): Promise<TestConnection> {
  if (migrated) dump ??= new Blob([await readFile(file)]);
  const pglite = await PGlite.create({ ...embeddedOptions, loadDataDir: migrated ? dump : undefined });
  return connectionTo(pglite, 'embedded PostgreSQL of a test');
}

async function onServer({ url, database }: { url: string; database: string }, migrated: boolean): Promise<TestConnection> {
  const name = `${database}_${randomBytes(4).toString('hex')}`;
  await administer(url, `CREATE DATABASE ${name} TEMPLATE ${migrated ? database : 'template0'}`);
  const connection = await openPostgres(urlOf(url, name), 60_000);
  return {
    ...connection,
    close: async () => {
      await connection.close();
      await administer(url, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
}
