import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildClient } from '../../scripts/steps.mjs';
import { forServer, programOf } from '../clients/pages.mjs';
import { editorDocuments, startEditor } from '../editor.mjs';
import { startProgram } from '../program.mjs';
import { makeProject } from '../project.mjs';
import { makeTally } from '../tally.mjs';
import { withArtifacts } from './tags.mjs';

// Relay's compiler on the schema, with the program of docs/clients/relay.md and with Records.ts; both then run with
// Relay's runtime against Verbatim, and what they made the store hold is compared with what was answered.

const { expect, end } = makeTally();

const folder = fileURLToPath(new URL('.', import.meta.url));

await buildClient();
// Relay's runtime is CommonJS, and its compiler's files import each other without an ending, as bundlers take it.
const project = await makeProject(['relay-runtime', 'graphql-sse'], {
  module: 'commonjs',
  moduleResolution: 'bundler',
  esModuleInterop: true,
});
const inProject = (...path) => join(project.folder, ...path);
try {
  await mkdir(inProject('src'));
  await project.write('package.json', { name: 'frontend', private: true });
  await round('', {}, {});

  await project.write('persisted-queries.json', {});
  const variables = { PERSISTED_DOCUMENTS: inProject('documents.json'), PERSISTED_DOCUMENTS_ONLY: 'true' };
  await round(', by persisted queries alone', { persistConfig: { file: './persisted-queries.json', algorithm: 'SHA256' } }, variables);
} finally {
  await project.remove();
}

end();

/** Compiles everything and runs it against a server with these variables. */
async function round(how, config, variables) {
  const page = await programOf('relay');
  const programs = { StatementList: page.program, Records: await readFile(join(folder, 'Records.ts'), 'utf8') };
  for (const [name, program] of Object.entries(programs)) await project.write(`src/${name}.ts`, program);
  await project.write('relay.config.json', { ...JSON.parse(page.config), ...config });
  const { status, stdout, stderr } = project.command('relay-compiler/cli.js', 'relay.config.json');
  const artifacts = await readdir(inProject('src/__generated__')).catch(() => []);
  expect(`Relay’s compiler takes the schema and ${artifacts.length} operations and fragments${how}`, status === 0 ? [] : [stdout + stderr]);
  if (status !== 0) return;
  if (config.persistConfig) {
    const queries = JSON.parse(await readFile(inProject(config.persistConfig.file), 'utf8'));
    expect('its persisted queries have SHA-256 for names', misnamed(queries));
    const editors = Object.fromEntries(editorDocuments.map((text) => [hashOf(text), text]));
    await project.write('documents.json', { ...queries, ...editors });
  }

  const server = await startProgram(variables);
  try {
    for (const [name, program] of Object.entries(programs)) {
      await project.write(`src/${name}.ts`, withArtifacts(forServer(program, server)));
    }
    expect(`the programs have right types${how}`, project.check());
    const stopEditor = startEditor(server);
    const shown = await project.run('src/StatementList');
    await stopEditor();
    expect(
      `relay.md: ${page.blocks} blocks print what stands there${how}`,
      shown.stdout === page.prints ? [] : [shown.stdout + shown.stderr],
    );
    const records = await project.run('src/Records');
    expect(`Records.ts runs to its end${how}`, records.status === 0 ? [] : [records.stderr]);
    for (const line of records.stdout.trim().split('\n')) {
      const [, outcome, what] = /^(passed|FAILED) {2}(.*)$/.exec(line) ?? [];
      expect(`${what ?? line}${how}`, outcome === 'passed' ? [] : ['the store has something else']);
    }
  } finally {
    await server.stop();
  }
}

/** Queries under a name that is not their hash. */
function misnamed(queries) {
  const entries = Object.entries(queries);
  if (entries.length === 0) return ['there are none'];
  return entries.filter(([name, text]) => hashOf(text) !== name).map(([name]) => name);
}

function hashOf(text) {
  return createHash('sha256').update(text).digest('hex');
}
