import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildClient } from '../../scripts/steps.mjs';
import { startEditor } from '../editor.mjs';
import { startProgram } from '../program.mjs';
import { makeProject } from '../project.mjs';
import { makeTally } from '../tally.mjs';
import { forServer, pages, programOf } from './pages.mjs';

// verbatim-client, packed and installed as a frontend would, and the programs that stand in docs/clients, taken out of
// the pages as they are: their types are checked, they run against Verbatim, and print what stands below them.

const packages = ['@apollo/client', '@urql/core', '@urql/exchange-graphcache', 'graphql-request', 'graphql-sse', 'graphql-ws', 'rxjs'];
const { expect, end } = makeTally();

await buildClient();
const project = await makeProject(packages);
/** A server that runs the documents of verbatim-client and no other. */
let strict;
try {
  await copyFile(fileURLToPath(new URL('wrong.ts', import.meta.url)), join(project.folder, 'wrong.ts'));
  expect('verbatim-client installs from its tarball, and refuses wrong fields, arguments and values', project.check());
  strict = await startProgram({
    PERSISTED_DOCUMENTS: fileURLToPath(import.meta.resolve('../../client/dist/persisted-documents.json')),
    PERSISTED_DOCUMENTS_ONLY: 'true',
  });
  for (const page of pages) await runPage(page);
} finally {
  await strict?.stop();
  await project.remove();
}

end();

/** Each page has a database of its own, so that none sees what another changed. */
async function runPage(name) {
  const server = await startProgram();
  try {
    const { program, persisted, blocks, prints } = await programOf(name);
    await project.write(`${name}.ts`, `${forServer(program, server)}\n${forServer(persisted, strict)}`);
    expect(`${name}.md: ${blocks} blocks have right types`, project.check());
    const stopEditor = startEditor(server);
    const { status, stdout, stderr } = await project.run(name);
    await stopEditor();
    const problems = [];
    if (status !== 0) problems.push(`it ended with ${status}: ${stderr}`);
    if (stdout !== prints) problems.push(`it printed\n${stdout}instead of\n${prints}`);
    expect(`${name}.md: they run, and print what stands there`, problems);
  } finally {
    await server.stop();
  }
}
