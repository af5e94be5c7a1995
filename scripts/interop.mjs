import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build, buildClient, installIn, root, say } from './steps.mjs';

// Runs what others make against Verbatim: all of it, or the parts that are named. Each part is a folder of
// interop/ with a run.mjs, which prints its count as its last line and fails by its exit code.

const folder = join(root, 'interop');
const parts = (await readdir(folder, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'run.mjs')))
  .map(({ name }) => name)
  .sort();
const [asked, rest] = split(process.argv.slice(2));
const unknown = asked.filter((name) => !parts.includes(name));
if (unknown.length > 0) {
  say(`There is no part ${unknown.join(', ')}. The parts are ${parts.join(', ')}.`);
  process.exit(1);
}

await build();
await installIn('interop');
await buildClient();
const waiting = [...(asked.length > 0 ? asked : parts)];
const failed = [];
// Two at a time: they wait for each other's programs more than they work.
await Promise.all([runAll(), runAll()]);
say(failed.length === 0 ? '\nAll of it passed.' : `\nFailed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function runAll() {
  for (let name = waiting.shift(); name; name = waiting.shift()) {
    const { code, output } = await run(name);
    say(`\n— ${name}`);
    process.stdout.write(output);
    if (code !== 0) failed.push(name);
  }
}

/** Runs a part, and keeps what it prints together. */
function run(name) {
  const part = spawn(process.execPath, [join(folder, name, 'run.mjs'), ...rest], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [part.stdout, part.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => part.on('error', reject).on('close', (code) => resolve({ code, output })));
}

/** The names of parts, and from the first option on what is for them. */
function split(args) {
  const first = args.findIndex((arg) => arg.startsWith('-'));
  return first < 0 ? [args, []] : [args.slice(0, first), args.slice(first)];
}
