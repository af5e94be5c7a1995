import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, prepare, type StatementLog } from '../../src/database/database.ts';
import { connectionTo } from '../../src/database/embedded-connection.ts';
import { embeddedOptions } from '../../src/database/embedded-options.js';
import { readEmbedded } from '../../src/database/embedded-read.js';
import { openPostgres } from '../../src/database/postgres.ts';
import { dumpOf, openCopyOf, writeCopyOf } from './copy.ts';
import { urlOf } from './template.ts';

const template = inject('template');

/** Whether the tests run on a PostgreSQL server, and not on the embedded one. */
export const isPostgres = template.kind === 'postgres';

export type TestConnection = Parameters<typeof prepare>[0];

export interface TestDatabase extends Database {
  /** The SQL statements that were sent, in order. Set its length to 0 to start anew. */
  statements: string[];
  /** Runs one statement of plain SQL, in a transaction of its own. */
  raw: TestConnection['query'];
  /** What Prisma and the read compiler stand on. */
  connection: TestConnection;
}

/** A migrated, empty database that nothing else uses; closing it removes it. */
export async function openTestDatabase({ onStatement }: StatementLog = {}): Promise<TestDatabase> {
  return databaseOn(await openTestConnection(), onStatement);
}

/**
 * A copy of a database that is made once in a run, for all test files that ask for it by this name.
 * @param make fills the database, and returns what is to be known of it.
 */
export async function openCopy<Notes>(
  name: string,
  make: (database: TestDatabase) => Promise<Notes>,
): Promise<TestDatabase & { notes: Notes }> {
  const folder = join(inject('shared'), name);
  const notes = join(folder, 'notes.json');
  // Whoever makes the folder makes the database; the others wait for its notes.
  const isFirst = await mkdir(folder).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const made =
      template.kind === 'postgres' ? await makeOnServer(template, name, make) : await makeEmbedded(template, join(folder, 'dump'), make);
    await writeFile(`${notes}.unfinished`, JSON.stringify(made));
    await rename(`${notes}.unfinished`, notes);
  }
  while (!existsSync(notes)) await sleep(100);
  const connection =
    template.kind === 'postgres'
      ? await onServer(template, `${template.database}_of_${name}`)
      : embedded(await openCopyOf(join(folder, 'dump')));
  return { ...(await databaseOn(connection)), notes: JSON.parse(await readFile(notes, 'utf8')) as Notes };
}

async function makeEmbedded<Notes>(
  { file }: { file: string },
  dump: string,
  make: (database: TestDatabase) => Promise<Notes>,
): Promise<Notes> {
  const pglite = await openCopyOf(file);
  const database = await databaseOn(connectionTo(pglite, readEmbedded(pglite), 'what embedded PostgreSQLs of tests are copies of'));
  const notes = await make(database);
  await writeFile(dump, await dumpOf(pglite));
  await database.close();
  return notes;
}

async function makeOnServer<Notes>(
  { url, database: from }: { url: string; database: string },
  name: string,
  make: (database: TestDatabase) => Promise<Notes>,
): Promise<Notes> {
  await administer(url, `CREATE DATABASE ${from}_of_${name} TEMPLATE ${from}`);
  const database = await databaseOn(await openPostgres(urlOf(url, `${from}_of_${name}`), 60_000));
  const notes = await make(database);
  // A database is copied only while nobody is connected to it.
  await database.close();
  return notes;
}

async function databaseOn(connection: TestConnection, onStatement?: StatementLog['onStatement']): Promise<TestDatabase> {
  const statements: string[] = [];
  const database = await prepare(connection, {
    readCompiler: true,
    onStatement: (sql) => {
      statements.push(sql);
      onStatement?.(sql);
    },
  });
  return { ...database, statements, raw: connection.query, connection };
}

/** A data folder with a migrated, empty embedded database. */
export async function makeDataFolder(path: string): Promise<void> {
  if (template.kind === 'postgres') throw new Error('There are no data folders on a server of PostgreSQL.');
  await writeCopyOf(template.file, path);
}

/** An embedded database in which nothing was done yet, whatever the tests run on. */
export async function openEmptyEmbedded(): Promise<TestConnection> {
  return template.kind === 'embedded' ? embedded(await openCopyOf(template.untouched)) : embedded(await PGlite.create(embeddedOptions));
}

/** A connection to a database that nothing else uses; closing it removes it. */
export async function openTestConnection({ migrated = true } = {}): Promise<TestConnection> {
  if (template.kind === 'postgres') return onServer(template, migrated ? template.database : 'template0');
  return embedded(await openCopyOf(migrated ? template.file : template.untouched));
}

const embedded = (pglite: PGlite) => connectionTo(pglite, readEmbedded(pglite), 'embedded PostgreSQL of a test');

async function onServer({ url, database }: { url: string; database: string }, from: string): Promise<TestConnection> {
  const name = `${database}_${randomBytes(4).toString('hex')}`;
  await administer(url, `CREATE DATABASE ${name} TEMPLATE ${from}`);
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
