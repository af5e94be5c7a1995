import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, build, root } from './steps.mjs';

// Runs the storms: many writers on the real program, which is killed in between. test/storm/settings.ts says
// how hard it blows. Whatever ends them, nothing that they started stays.

await build();
const folder = await mkdtemp(join(tmpdir(), 'verbatim-storm-'));
// PostgreSQL may run as another user.
await chmod(folder, 0o711);

const vitest = [bin('vitest', 'vitest'), 'run', '--config', 'test/storm/vitest.config.ts', ...process.argv.slice(2)];
// A group of its own, in which the programs are that it starts.
const tests = spawn(process.execPath, vitest, { cwd: root, env: { ...process.env, TMPDIR: folder }, detached: true, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(-tests.pid));

process.exitCode = await new Promise((resolve, reject) => tests.on('error', reject).on('close', (code) => resolve(code ?? 1)));
for (const name of await readdir(folder)) {
  const lock = await readFile(join(folder, name, 'data/postmaster.pid'), 'utf8').catch(() => '');
  if (lock) end(Number.parseInt(lock, 10));
}
await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });

function end(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
