import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, installIn, root } from './steps.mjs';

// Runs the benchmark of bench/ with the options that are given: see bench/README.md.

await build();
await installIn('bench');
const bench = spawn(process.execPath, [join(root, 'bench/run.mjs'), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
// Who interrupts the benchmark interrupts both: it stops its servers, and this waits for it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => bench.kill(signal));
process.exitCode = await new Promise((resolve, reject) => bench.on('error', reject).on('close', resolve));
