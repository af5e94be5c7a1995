import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serverAudits } from 'graphql-http';

// The audit of GraphQL over HTTP, by the package of those who wrote the specification, of the program as it is run.

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'verbatim-http-'));
const program = spawn(process.execPath, [main], {
  env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'warn' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = new Promise((resolve) => program.once('close', resolve));
try {
  process.exitCode = await audit(await addressOf(program));
} finally {
  program.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
}

/** Runs every audit and prints those that are not in order. One that is only a recommendation counts as much as the others. */
async function audit(url) {
  const counts = { ok: 0, notice: 0, warn: 0, error: 0 };
  for (const { fn } of serverAudits({ url })) {
    const { id, name, status, reason } = await fn();
    counts[status]++;
    if (status !== 'ok') console.log(`${status} ${id} ${name}: ${reason}`);
  }
  console.log(
    `GraphQL over HTTP: ${Object.entries(counts)
      .map(([status, count]) => `${count} ${status}`)
      .join(', ')}`,
  );
  return counts.ok > 0 && counts.notice + counts.warn + counts.error === 0 ? 0 : 1;
}

/** Where the program listens, as it says itself. */
function addressOf({ stdout }) {
  return new Promise((resolve, reject) => {
    let said = '';
    stdout.setEncoding('utf8').on('data', (chunk) => {
      said += chunk;
      const address = /^Verbatim listens at (\S+)$/m.exec(said)?.[1];
      if (address) resolve(address);
    });
    stdout.once('close', () => reject(new Error('The program ended instead of listening.')));
  });
}
