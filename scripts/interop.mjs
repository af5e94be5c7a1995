import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build, installIn, root, say } from './steps.mjs';

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
const failed = (asked.length > 0 ? asked : parts).filter((name) => {
  say(`\n— ${name}`);
  return spawnSync(process.execPath, [join(folder, name, 'run.mjs'), ...rest], { cwd: root, stdio: 'inherit' }).status !== 0;
});
say(failed.length === 0 ? '\nAll of it passed.' : `\nFailed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** The names of parts, and from the first option on what is for them. */
function split(args) {
  const first = args.findIndex((arg) => arg.startsWith('-'));
  return first < 0 ? [args, []] : [args.slice(0, first), args.slice(first)];
}
