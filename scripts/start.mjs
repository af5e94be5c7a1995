import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, root } from './steps.mjs';

// npm tells a signal to the shell between it and this process, and the shell ends without a word.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 300).unref();
}

await build();
// In this process, so that the signals of whoever stops it arrive.
const main = join(root, 'dist/main.js');
process.argv[1] = main;
await import(pathToFileURL(main).href);
