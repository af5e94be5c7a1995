import { spawn } from 'node:child_process';
import { makePostgres } from './postgres.mjs';
import { bin, generateClient, generateDocuments, root, say } from './steps.mjs';

// Runs the tests on PostgreSQL: on the server of TEST_DATABASE_URL, or on one that lives as long as they do.

const database = 'verbatim_test';

/** The tests, while they run. */
let tests;
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopping.abort();
    tests?.kill(signal);
  });
}

await generateClient();
await generateDocuments();
process.exitCode = process.env.TEST_DATABASE_URL ? await runTests(process.env) : await runTestsOnNewServer();

async function runTestsOnNewServer() {
  let server;
  try {
    server = await makePostgres({ signal: stopping.signal });
    if (!server) {
      say(
        'There is no PostgreSQL server here. Install one (Debian: apt-get install postgresql), or name a test database in TEST_DATABASE_URL.',
      );
      return 1;
    }
    await server.start();
    await server.query(`CREATE DATABASE ${database}`);
    say(`PostgreSQL of ${server.binaries} listens on port ${server.port}.`);
    return await runTests({ ...process.env, TEST_DATABASE_URL: server.url(database) });
  } catch (error) {
    if (!stopping.signal.aborted) say(`${error.message}\n${(await server?.log()) ?? ''}`);
    return 1;
  } finally {
    await server?.stop();
    await server?.remove();
  }
}

async function runTests(env) {
  if (stopping.signal.aborted) return 1;
  tests = spawn(process.execPath, [bin('vitest', 'vitest'), 'run', ...process.argv.slice(2)], { cwd: root, env, stdio: 'inherit' });
  return (await new Promise((resolve, reject) => tests.on('error', reject).on('close', resolve))) ?? 1;
}
