import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/**
 * Starts Verbatim as a person would, on a free port, with an embedded database of its own that holds the demo record.
 * @param {Record<string, string>} [variables]
 * @returns {Promise<{ endpoint: string, token: string, stop(): Promise<void> }>} the token is an administrator's.
 */
export async function startProgram(variables = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'verbatim-interop-'));
  const program = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'warn', ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => program.once('close', resolve));
  const stop = async () => {
    program.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { ...(await said(program.stdout)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Has something done while the program runs with these variables. */
export async function whileRunning(variables, use) {
  const program = await startProgram(variables);
  try {
    await use(program);
  } finally {
    await program.stop();
  }
}

/** Where it listens and the token, as it says itself. */
function said(stdout) {
  return new Promise((resolve, reject) => {
    let text = '';
    stdout.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      const endpoint = /^Verbatim listens at (\S+)$/m.exec(text)?.[1];
      const token = /^Administrator.*: (vbt_\S+)$/m.exec(text)?.[1];
      if (endpoint && token) resolve({ endpoint, token });
    });
    stdout.once('close', () => reject(new Error('The program ended instead of listening.')));
  });
}
