import { spawnSync } from 'node:child_process';
import { bin, build, root, say } from './steps.mjs';

// Everything that can be said of the project without running its tests. Goes on after what fails, to tell all at once.

// Biome colours what it writes into a file too.
const plain = process.stdout.isTTY ? [] : ['--colors=off'];

const checks = {
  'format and lint': [bin('@biomejs/biome', 'biome'), 'ci', '--error-on-warnings', ...plain],
  'imports between files': [bin('dependency-cruiser', 'depcruise'), 'src'],
  schema: ['scripts/schema.mjs', '--check'],
  migrations: ['scripts/migration.mjs', '--check'],
  documents: ['scripts/generate.mjs'],
  types: [bin('typescript', 'tsc'), '-p', '.'],
};

await build();
const failed = Object.entries(checks).filter(([name, args]) => {
  say(`\n— ${name}`);
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status !== 0;
});
say(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.map(([name]) => name).join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
