import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { makePostgres } from '../scripts/postgres.mjs';
import { build, root } from '../scripts/steps.mjs';
import { writeCorpus } from './corpus.mjs';

// How long an import takes, as a ratio to COPY of the rows that come of it into the same tables, with the same
// indexes and triggers, on the same server in the same run; and how much memory it takes at most.
//
//   npm run bench:import -- [folder with a ParlaMint corpus] [--by speech] [--sittings 60] [--rounds 2]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    by: { type: 'string', default: 'paragraph' },
    sittings: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '2' },
  },
});

await build();
const folder = await mkdtemp(join(tmpdir(), 'verbatim-bench-'));
// As careful as a server is that nobody has tuned.
const server = await makePostgres({ settings: ['max_wal_size=4GB'] });
if (!server) throw new Error('No PostgreSQL server is installed here.');
try {
  await server.start();
  let source = positionals[0];
  if (!source) {
    source = join(folder, 'corpus');
    await writeCorpus(source, { sittings: Number(values.sittings) });
  }
  const ratios = [];
  for (let round = 1; round <= Number(values.rounds); round += 1) ratios.push(await measure(round, source));
  const sorted = ratios.sort((a, b) => a - b);
  console.info(
    `Ratio of import to COPY: ${sorted.map((ratio) => ratio.toFixed(2)).join(', ')} (median ${sorted[Math.floor(sorted.length / 2)].toFixed(2)})`,
  );
} finally {
  await server.stop();
  await server.remove();
  await rm(folder, { recursive: true, force: true });
}

async function measure(round, source) {
  const [imported, copied] = [`imported_${round}`, `copied_${round}`];
  await server.query(`CREATE DATABASE ${imported}`);
  await server.query(`CREATE DATABASE ${copied}`);
  await verbatim(imported, 'migrate');
  await verbatim(copied, 'migrate');
  const run = await verbatim(imported, 'import', 'parlamint', source, '--by', values.by, '--status', 'published');
  const { tables, rows, took } = await copy(imported, copied);
  const peak = (run.peak / 1024).toFixed(0);
  console.info(
    `Round ${round}: import ${(run.took / 1000).toFixed(1)} s with ${peak} MB at most, COPY of ${rows.toLocaleString('en')} rows into ${tables} tables ${(took / 1000).toFixed(1)} s, ratio ${(run.took / took).toFixed(2)}`,
  );
  return run.took / took;
}

/** Runs a command, and says how long it took, and its largest resident memory in kB. */
async function verbatim(database, ...args) {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'dist/cli.js'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, DATABASE_URL: server.url(database) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  child.stderr.on('data', (chunk) => said.push(chunk));
  let peak = 0;
  const look = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  }, 100);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`verbatim ${args.join(' ')} failed:\n${Buffer.concat(said).toString().slice(-2000)}`);
  return { took: performance.now() - started, peak };
}

/** Copies all rows that were not made by triggers, in one transaction, as the import's own checks are. */
async function copy(from, to) {
  const source = new pg.Client(server.url(from));
  const target = new pg.Client(server.url(to));
  await source.connect();
  await target.connect();
  const files = [];
  let rows = 0;
  // In an order in which no row comes before one that it refers to.
  for (const [table, order] of Object.entries({
    Place: 'cardinality("ancestorIds")',
    Organization: 'cardinality("ancestorIds")',
    Person: 'id',
    Membership: 'id',
    Document: 'id',
    Event: 'cardinality("ancestorIds")',
    Participation: 'id',
    EventLink: 'id',
    Statement: 'id',
    Appearance: 'id',
    Review: 'id',
    StatementLink: 'id',
    Citation: 'id',
    Name: 'id',
    Identifier: 'id',
    DocumentAuthor: 'id',
    Translation: 'id',
    StatementTopic: 'id',
    Span: 'id',
  })) {
    const path = await serverFile(table);
    const { rowCount } = await source.query(`COPY (SELECT * FROM "${table}" ORDER BY ${order}) TO '${path}'`);
    rows += rowCount ?? 0;
    if (rowCount) files.push({ table, path });
  }
  const started = performance.now();
  await target.query('BEGIN');
  for (const { table, path } of files) await target.query(`COPY "${table}" FROM '${path}'`);
  await target.query('COMMIT');
  const took = performance.now() - started;
  await source.end();
  await target.end();
  return { tables: files.length, rows, took };
}

/** A file that the server can write and read. */
async function serverFile(name) {
  const client = new pg.Client(server.url('postgres'));
  await client.connect();
  const { rows } = await client.query('SHOW data_directory');
  await client.end();
  return join(rows[0].data_directory, `bench-${name}`);
}
