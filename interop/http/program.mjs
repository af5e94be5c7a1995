import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Starts the program as it is run, with these variables alone, and has something done while it runs. */
export async function whileRunning(variables, use) {
  const { PATH } = process.env;
  const program = spawn(process.execPath, [main], {
    env: { PATH, PORT: '0', LOG_LEVEL: 'warn', ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => program.once('close', resolve));
  try {
    await use(await addressOf(program));
  } finally {
    program.kill('SIGTERM');
    await ended;
  }
}

/** Where it listens, as it says itself. */
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
