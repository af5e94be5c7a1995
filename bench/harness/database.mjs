import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { makePostgres } from '../../scripts/postgres.mjs';
import { root } from '../../scripts/steps.mjs';
import { load } from '../data/load.mjs';

/** A server that keeps nothing for later, and counts the statements that it runs. */
const settings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_wal_size=8GB',
  'shared_buffers=1GB',
  'effective_cache_size=3GB',
  'random_page_cost=1.1',
  'max_connections=200',
  'jit=off',
  'shared_preload_libraries=pg_stat_statements',
  'pg_stat_statements.max=10000',
  'autovacuum=off',
];

/** @param kept a folder in which the data stays for the next run. */
export async function startPostgres(kept) {
  const server = await makePostgres({ settings, kept });
  if (!server) throw new Error('No PostgreSQL server is installed here.');
  try {
    await server.start();
  } catch (error) {
    await server.remove();
    throw error;
  }
  return server;
}

/** What the data is made by: data that was kept is taken only if it was made by the same. */
async function versionOf({ statements, seed }) {
  const hash = createHash('sha256').update(`${statements} ${seed}`);
  const migrations = join(root, 'prisma/migrations');
  for (const file of ['load.mjs', 'words.mjs']) hash.update(await readFile(join(root, 'bench/data', file)));
  for (const name of (await readdir(migrations)).sort()) hash.update(name);
  return hash.digest('hex').slice(0, 12);
}

/** Makes a database with the data of the benchmark, unless it is there: Verbatim migrates it, and the rest is loaded. */
export async function makeDatabase(server, { statements, seed, say }) {
  const name = `bench_${statements}_${await versionOf({ statements, seed })}`;
  const administrator = await connect(server.url('postgres'));
  try {
    const { rowCount } = await administrator.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return server.url(name);
    say(`Making ${statements.toLocaleString('en')} statements…`);
    await administrator.query('DROP DATABASE IF EXISTS unfinished');
    await administrator.query('CREATE DATABASE unfinished');
    const url = server.url('unfinished');
    await runVerbatim(['migrate'], { DATABASE_URL: url });
    const client = await connect(url);
    try {
      await load({ run: (sql) => client.query(sql), rows: async (sql) => (await client.query(sql)).rows }, { statements, seed, say });
      await client.query('CREATE SCHEMA statistics; CREATE EXTENSION pg_stat_statements SCHEMA statistics');
    } finally {
      await client.end();
    }
    await administrator.query(`ALTER DATABASE unfinished RENAME TO ${name}`);
    return server.url(name);
  } finally {
    await administrator.end();
  }
}

export async function connect(url) {
  const client = new pg.Client(url);
  await client.connect();
  return client;
}

/** Runs a command of Verbatim to its end. */
export async function runVerbatim(args, env) {
  const child = spawn(process.execPath, [join(root, 'dist/cli.js'), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`verbatim ${args.join(' ')} failed:\n${said.slice(-4000)}`);
  return said;
}

/** How many statements a database runs, and rows they give, while something is done. */
export async function countStatements(client, work) {
  await client.query('SELECT statistics.pg_stat_statements_reset()');
  await work();
  const { rows } = await client.query(
    `SELECT coalesce(sum(calls), 0)::float8 AS statements, coalesce(sum(rows), 0)::float8 AS rows FROM statistics.pg_stat_statements
     WHERE query NOT LIKE '%pg_stat_statements%' AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return rows[0];
}
