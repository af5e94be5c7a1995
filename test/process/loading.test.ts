import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isPostgres, makeDataFolder } from '../support/database.ts';
import { ask, build, endAll, start, temporaryFolder } from './program.ts';

// What a start loads: a short one reads few files, and nothing that nobody asked for.

const bundle = fileURLToPath(new URL('../../dist/bundle', import.meta.url));

/** Parts of the program that an ordinary start on an embedded database has no use for, by their files' names. */
const apart = ['export', 'formats', 'import', 'load', 'oidc', 'postgres', 'schema-engine', 'source', 'verify', 'watch'];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  await build();
  folder = await temporaryFolder();
}, 300_000);

afterAll(async () => {
  endAll();
  await folder?.remove();
});

it.skipIf(isPostgres)(
  'a start on an existing folder, and a query, load a few files and nothing that waits to be asked for',
  async () => {
    const made = join(folder.path, 'made');
    await makeDataFolder(made);
    // It gets the demo record and its first token.
    const first = start({ DATA_DIR: made });
    await first.listening;
    first.process.kill();
    await first.ended;

    const coverage = join(folder.path, 'coverage');
    // Node tells in it which scripts it has run.
    const program = start({ DATA_DIR: made, NODE_V8_COVERAGE: coverage });
    const { data } = await ask(await program.listening, '{ events(first: 1) { nodes { id title { text } } } }');
    expect(data).toMatchObject({ events: { nodes: [{}] } });
    program.process.kill();
    await program.ended;
    const reports = await Promise.all((await readdir(coverage)).map((name) => readFile(join(coverage, name), 'utf8')));
    const scripts = reports.flatMap((report): { url: string }[] => JSON.parse(report).result).map(({ url }) => url);
    const files = new Set(scripts.filter((url) => url.startsWith('file:')));

    // It was not so much that nothing was seen.
    expect([...files].some((url) => url.includes('/dist/bundle/serve-'))).toBe(true);
    expect(files.size).toBeLessThan(60);
    const built = await readdir(bundle);
    for (const name of apart) {
      const ofIt = new RegExp(`^${name}-[\\w-]{8}\\.js$`);
      expect(built.filter((file) => ofIt.test(file))).not.toEqual([]);
      expect([...files].map((url) => url.slice(url.lastIndexOf('/') + 1)).filter((file) => ofIt.test(file))).toEqual([]);
    }
  },
  120_000,
);
