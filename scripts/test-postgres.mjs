import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { bin, generateClient, generateDocuments, root, say } from './steps.mjs';

// Runs the tests on PostgreSQL: on the server of TEST_DATABASE_URL, or on one that lives as long as they do.

const user = 'verbatim';
const database = 'verbatim_test';
const password = randomBytes(16).toString('hex');

/** What runs now and is told when this process is to stop. */
let running;
/** The signal that told this process to stop. */
let stopped;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopped = signal;
    running?.kill(signal);
  });
}

await generateClient();
await generateDocuments();
process.exitCode = process.env.TEST_DATABASE_URL ? await runTests(process.env) : await runTestsOnNewServer();

async function runTestsOnNewServer() {
  const binaries = await findServer();
  if (!binaries) {
    say(
      'There is no PostgreSQL server here. Install one (Debian: apt-get install postgresql), or name a test database in TEST_DATABASE_URL.',
    );
    return 1;
  }
  const owner = await serverUser();
  const folder = await mkdtemp(join(tmpdir(), 'verbatim-postgres-'));
  const log = join(folder, 'log');
  let server;
  try {
    if (owner.uid !== undefined) await chown(folder, owner.uid, owner.gid);
    await initialize(binaries, folder, owner);
    const port = await freePort();
    server = await startServer(binaries, { folder, log, port, owner });
    await connectable(server, port);
    say(`PostgreSQL of ${binaries} listens on port ${port}.`);
    return await runTests({ ...process.env, TEST_DATABASE_URL: `postgresql://${user}:${password}@127.0.0.1:${port}/${database}` });
  } catch (error) {
    if (stopped) return 1;
    say(`${error.message}\n${await readFile(log, 'utf8').catch(() => '')}`);
    return 1;
  } finally {
    await stopServer(server);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The folder of the newest server's programs. Debian keeps them off the path. */
async function findServer() {
  const debian = '/usr/lib/postgresql';
  const versions = (await readdir(debian).catch(() => [])).sort((a, b) => Number(b) - Number(a));
  const configured = await output('pg_config', ['--bindir']).catch(() => '');
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    configured.trim(),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => folder && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** PostgreSQL refuses to run as root; it is run as a user without rights then. */
async function serverUser() {
  if (process.getuid?.() !== 0) return {};
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const entry = ['postgres', 'nobody'].map((name) => users.find(([candidate]) => candidate === name)).find(Boolean);
  if (!entry) throw new Error('PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody" to run it as.');
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

async function initialize(binaries, folder, owner) {
  // With a password, as servers have: a wrong one has to be refused, and other users of the machine stay out.
  const file = join(folder, 'password');
  await writeFile(file, password, { mode: 0o600 });
  if (owner.uid !== undefined) await chown(file, owner.uid, owner.gid);
  const args = ['-D', join(folder, 'data'), '-U', user, '--auth=scram-sha-256', `--pwfile=${file}`, '--encoding=UTF8', '--no-sync'];
  const initdb = (locale) => output(join(binaries, 'initdb'), [...args, `--locale=${locale}`], { ...owner, cwd: folder });
  try {
    await initdb('C.UTF-8');
  } catch (error) {
    if (stopped) throw error;
    await rm(join(folder, 'data'), { recursive: true, force: true });
    await initdb('C');
  }
}

async function startServer(binaries, { folder, log, port, owner }) {
  // Nothing of it has to outlive a crash.
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'listen_addresses=127.0.0.1'];
  const args = ['-D', join(folder, 'data'), '-p', String(port), '-k', folder, ...settings.flatMap((setting) => ['-c', setting])];
  const file = await open(log, 'w');
  // A group of its own, so that an interrupt from the keyboard stops the tests first.
  const server = spawn(join(binaries, 'postgres'), args, { ...owner, cwd: folder, detached: true, stdio: ['ignore', file.fd, file.fd] });
  server.on('error', () => {});
  await file.close();
  return server;
}

/** Waits until the server answers, and makes the database of the tests. */
async function connectable(server, port) {
  for (const end = Date.now() + 30_000; ; await sleep(50)) {
    if (stopped) throw new Error(stopped);
    const client = new pg.Client({ host: '127.0.0.1', port, user, password, database: 'postgres' });
    try {
      await client.connect();
      await client.query(`CREATE DATABASE ${database}`);
      return;
    } catch (error) {
      if (!isRunning(server) || Date.now() > end) throw new Error(`The PostgreSQL server does not start (${error.message}).`);
    } finally {
      await client.end().catch(() => {});
    }
  }
}

async function stopServer(server) {
  if (!server) return;
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL']) {
    // PostgreSQL's "fast" and "immediate" ways to stop, and the last resort.
    server.kill(signal);
    for (const end = Date.now() + 10_000; isRunning(server) && Date.now() < end; ) await sleep(20);
    if (!isRunning(server)) return;
  }
}

function isRunning({ pid, exitCode, signalCode }) {
  return pid !== undefined && exitCode === null && signalCode === null;
}

function runTests(env) {
  if (stopped) return 1;
  return exitCodeOf(
    spawn(process.execPath, [bin('vitest', 'vitest'), 'run', ...process.argv.slice(2)], { cwd: root, env, stdio: 'inherit' }),
  );
}

async function exitCodeOf(child) {
  running = child;
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  running = undefined;
  return code ?? 1;
}

/** What a program prints. */
async function output(program, args, options) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  const code = await exitCodeOf(child);
  if (code !== 0) throw new Error(`${program} failed.\n${Buffer.concat(chunks)}`);
  return Buffer.concat(chunks).toString();
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
