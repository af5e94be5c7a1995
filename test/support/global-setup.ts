import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { prepare } from '../../src/database/database.ts';
import { connectionTo } from '../../src/database/embedded-connection.ts';
import { embeddedOptions } from '../../src/database/embedded-options.js';
import { readEmbedded } from '../../src/database/embedded-read.js';
import { readMigrations } from '../../src/database/migrate.ts';
import { openPostgres } from '../../src/database/postgres.ts';
import { dumpOf } from './copy.ts';
import { urlOf } from './template.ts';

const cache = fileURLToPath(new URL('../../node_modules/.cache/verbatim', import.meta.url));

/** Makes the template once for all test files: on PostgreSQL if TEST_DATABASE_URL is set, else embedded. */
export default async function setup(project: TestProject) {
  const shared = await mkdtemp(join(tmpdir(), 'verbatim-shared-'));
  project.provide('shared', shared);
  const dropTemplate = await provideTemplate(project);
  return async () => {
    await dropTemplate?.();
    await rm(shared, { recursive: true, force: true });
  };
}

async function provideTemplate(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) {
    project.provide('template', { kind: 'embedded', ...(await embeddedTemplates()) });
    return undefined;
  }
  const named = new URL(url).pathname.slice(1);
  if (!named.includes('test')) {
    throw new Error(`TEST_DATABASE_URL names the database "${named}". Tests only connect to one with "test" in its name.`);
  }
  const database = `verbatim_test_${randomBytes(4).toString('hex')}`;
  await administer(url, async (client) => {
    await client.query(`CREATE DATABASE ${database}`);
  });
  const dropAll = () =>
    administer(url, async (client) => {
      const { rows } = await client.query<{ name: string }>('SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)', [
        database,
      ]);
      for (const { name } of rows) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    });
  try {
    await (await prepare(await openPostgres(urlOf(url, database), 60_000), { readCompiler: true })).close();
  } catch (error) {
    await dropAll();
    throw error;
  }
  project.provide('template', { kind: 'postgres', url, database });
  return dropAll;
}

async function administer(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Kept between runs, since it takes seconds to make and only changes with the migrations. */
async function embeddedTemplates(): Promise<{ file: string; untouched: string }> {
  const key = await embeddedKey();
  const [file, untouched] = [join(cache, `template-${key}.tar`), join(cache, `untouched-${key}.tar`)];
  if (existsSync(file) && existsSync(untouched)) return { file, untouched };
  const pglite = await PGlite.create(embeddedOptions);
  await keep(untouched, await dumpOf(pglite));
  const database = await prepare(connectionTo(pglite, readEmbedded(pglite), 'the template of the tests'), { readCompiler: true });
  await keep(file, await dumpOf(pglite));
  await database.close();
  return { file, untouched };
}

async function keep(file: string, dump: Uint8Array): Promise<void> {
  await mkdir(cache, { recursive: true });
  // Renamed when it is whole, since other runs may look for it at the same time.
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, dump);
  await rename(unfinished, file);
}

async function embeddedKey(): Promise<string> {
  const script = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = await readFile(join(dirname(script), '../package.json'), 'utf8');
  return createHash('sha256')
    .update(JSON.stringify(['with a checkpoint', JSON.parse(manifest).version, await readMigrations()]))
    .digest('hex')
    .slice(0, 16);
}
