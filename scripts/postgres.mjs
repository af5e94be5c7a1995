import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

// A PostgreSQL server that lives as long as some tests, on a free port with a throw-away folder.

const user = 'verbatim';

/** What a server does that need not outlive a crash. */
const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * Makes a server that is not running yet, or undefined when none is installed here.
 * @param signal stops what is waited for.
 * @param settings further ones, such as "max_connections=50".
 * @param kept a folder that stays, with what the server holds, and is taken up again; otherwise it is thrown away.
 */
export async function makePostgres({ signal, settings = careless, kept } = {}) {
  const binaries = await findServer(signal);
  if (!binaries) return undefined;
  const owner = await serverUser();
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'verbatim-postgres-')));
  const log = join(folder, 'log');
  const known = kept && existsSync(join(folder, 'data/PG_VERSION'));
  const password = known ? await readFile(join(folder, 'password'), 'utf8') : randomBytes(16).toString('hex');
  const remove = async () => {
    if (!kept) await rm(folder, { recursive: true, force: true });
  };
  try {
    if (!known) {
      await mkdir(folder, { recursive: true });
      if (owner.uid !== undefined) await chown(folder, owner.uid, owner.gid);
      await initialize(binaries, { folder, owner, password, signal });
    }
    const port = await freePort();
    const address = { host: '127.0.0.1', port, user, password, database: 'postgres' };
    let server;
    return {
      binaries,
      port,
      /** The connection string of one of its databases. */
      url: (database) => `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`,
      /** The process, while it runs. */
      pid: () => (server && isRunning(server) ? server.pid : undefined),
      /** What the server has logged. */
      log: () => readFile(log, 'utf8').catch(() => ''),
      /** Starts it, and waits until it answers. */
      async start() {
        server = await startServer(binaries, { folder, log, port, owner, settings });
        await answering(server, address, signal);
      },
      stop: () => stopServer(server),
      remove,
      /** Runs one statement outside the databases that are used. */
      query: (statement) => ask(address, statement),
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The folder of the newest server's programs. Debian keeps them off the path. */
async function findServer(signal) {
  const debian = '/usr/lib/postgresql';
  const versions = (await readdir(debian).catch(() => [])).sort((a, b) => Number(b) - Number(a));
  const configured = await output('pg_config', ['--bindir'], { signal }).catch(() => '');
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

async function initialize(binaries, { folder, owner, password, signal }) {
  // With a password, as servers have: a wrong one has to be refused, and other users of the machine stay out.
  const file = join(folder, 'password');
  await writeFile(file, password, { mode: 0o600 });
  if (owner.uid !== undefined) await chown(file, owner.uid, owner.gid);
  const args = ['-D', join(folder, 'data'), '-U', user, '--auth=scram-sha-256', `--pwfile=${file}`, '--encoding=UTF8', '--no-sync'];
  const initdb = (locale) => output(join(binaries, 'initdb'), [...args, `--locale=${locale}`], { ...owner, cwd: folder, signal });
  try {
    await initdb('C.UTF-8');
  } catch (error) {
    if (signal?.aborted) throw error;
    await rm(join(folder, 'data'), { recursive: true, force: true });
    await initdb('C');
  }
}

async function startServer(binaries, { folder, log, port, owner, settings }) {
  const all = [...settings, 'listen_addresses=127.0.0.1'];
  const args = ['-D', join(folder, 'data'), '-p', String(port), '-k', folder, ...all.flatMap((setting) => ['-c', setting])];
  const file = await open(log, 'a');
  // A group of its own, so that an interrupt from the keyboard stops the tests first.
  const server = spawn(join(binaries, 'postgres'), args, { ...owner, cwd: folder, detached: true, stdio: ['ignore', file.fd, file.fd] });
  server.on('error', () => {});
  await file.close();
  return server;
}

async function answering(server, address, signal) {
  for (const end = Date.now() + 30_000; ; await sleep(50)) {
    signal?.throwIfAborted();
    try {
      return await ask(address, 'SELECT 1');
    } catch (error) {
      if (!isRunning(server) || Date.now() > end) throw new Error(`The PostgreSQL server does not start (${error.message}).`);
    }
  }
}

async function ask(address, statement) {
  const client = new pg.Client(address);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => {});
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

/** What a program prints. */
async function output(program, args, options) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
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
