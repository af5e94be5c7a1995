import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { build, root, say } from './steps.mjs';

// Prints the schema to schema.graphql; with --check, only tells whether it stands there already.

await build();
const { schema } = await import('../dist/schema.js');
const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;
const path = join(root, 'schema.graphql');
const committed = existsSync(path) ? await readFile(path, 'utf8') : '';

if (printed === committed) {
  say('schema.graphql is up to date.');
} else if (process.argv.includes('--check')) {
  say('schema.graphql is not what the code makes. Run "npm run schema", look at the difference, and commit it.');
  process.exitCode = 1;
} else {
  await writeFile(path, printed);
  say('schema.graphql was written.');
}
