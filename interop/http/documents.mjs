import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gql, InMemoryCache } from '@apollo/client';
import { generate } from '@graphql-codegen/cli';
import { print } from 'graphql';

const schema = fileURLToPath(new URL('../../schema.graphql', import.meta.url));
const relayCompiler = join(createRequire(import.meta.url).resolve('relay-compiler/package.json'), '../cli.js');

/** The query that Apollo’s client asks. */
export const query = gql`query People($first: Int = 3) { people(first: $first) { nodes { id name } } }`;

export const hashOf = (text) => createHash('sha256').update(text).digest('hex');

/** Documents by their hashes, as each of the programs that frontends are built with writes them. */
export async function writeDocuments(folder) {
  // Its cache adds `__typename` to what is asked.
  const text = print(new InMemoryCache().transformDocument(query));
  return {
    'client preset': await byCodegen({}),
    'client preset with SHA-1': await byCodegen({ hashAlgorithm: 'sha1' }),
    'Relay’s compiler': await byRelay(join(folder, 'md5'), 'MD5'),
    'Relay’s compiler with SHA-256': await byRelay(join(folder, 'sha256'), 'SHA256'),
    'Apollo’s client': { [hashOf(text)]: text },
  };
}

async function byCodegen(persistedDocuments) {
  const documents = 'fragment Name on Person { name } query Names { people(first: 3) { nodes { id ...Name } } }';
  const config = {
    schema,
    documents,
    silent: true,
    generates: { 'generated/': { preset: 'client', presetConfig: { persistedDocuments } } },
  };
  const files = await generate(config, false);
  return JSON.parse(files.find(({ filename }) => filename.endsWith('persisted-documents.json')).content);
}

async function byRelay(folder, algorithm) {
  await mkdir(join(folder, 'src'), { recursive: true });
  await writeFile(join(folder, 'schema.graphql'), await readFile(schema));
  await writeFile(
    join(folder, 'src/app.js'),
    "const { graphql } = require('relay-runtime');\nmodule.exports = graphql`query appQuery($first: Int = 3) { people(first: $first) { nodes { name } } }`;\n",
  );
  const config = { src: 'src', schema: 'schema.graphql', language: 'javascript', persistConfig: { file: 'persisted.json', algorithm } };
  await writeFile(join(folder, 'relay.config.json'), JSON.stringify(config));
  // The compiler adds to the file.
  await writeFile(join(folder, 'persisted.json'), '{}');
  const { status, stdout, stderr } = spawnSync(process.execPath, [relayCompiler, 'relay.config.json'], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Relay’s compiler failed:\n${stdout}${stderr}`);
  return JSON.parse(await readFile(join(folder, 'persisted.json'), 'utf8'));
}
