import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildClient, root, say } from './steps.mjs';

// Makes the package `verbatim-client`, ready for "npm pack --workspace client".

const versionOf = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).version;
if (versionOf('client/package.json') !== versionOf('package.json')) {
  say('client/package.json must have the version of package.json: the types are those of that server.');
  process.exit(1);
}
await buildClient();
