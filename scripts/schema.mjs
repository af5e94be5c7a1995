import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { build, root, say } from './steps.mjs';

// Writes the schema of the API to schema.graphql, what a gateway composes to subgraph.graphql, and the schema of
// the native format to docs/formats; with --check, only tells whether they stand there already.

await build();
const { schema, subgraphSdl } = await import('../dist/schema.js');
const { jsonSchema } = await import('../dist/exchange/json-schema.js');

const made = {
  'schema.graphql': `${printSchema(lexicographicSortSchema(schema))}\n`,
  'subgraph.graphql': `${await subgraphSdl('own')}\n`,
  'docs/formats/verbatim.schema.json': `${JSON.stringify(jsonSchema(), null, 2)}\n`,
};
for (const [name, printed] of Object.entries(made)) {
  const path = join(root, name);
  const committed = existsSync(path) ? await readFile(path, 'utf8') : '';
  if (printed === committed) {
    say(`${name} is up to date.`);
  } else if (process.argv.includes('--check')) {
    say(`${name} is not what the code makes. Run "npm run schema", look at the difference, and commit it.`);
    process.exitCode = 1;
  } else {
    await writeFile(path, printed);
    say(`${name} was written.`);
  }
}
