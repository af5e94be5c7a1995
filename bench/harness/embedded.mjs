import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { root } from '../../scripts/steps.mjs';
import { load } from '../data/load.mjs';
import { runVerbatim } from './database.mjs';

/** Makes a data folder of the embedded database with the data of the benchmark, unless it is there. */
export async function makeFolder(folder, { statements, seed, say }) {
  if (existsSync(join(folder, 'loaded'))) return;
  // What broke off would be in the way.
  await rm(folder, { recursive: true, force: true });
  await runVerbatim(['migrate'], { DATA_DIR: folder });
  const { embeddedOptions } = await import(pathToFileURL(join(root, 'dist/database/embedded-options.js')).href);
  const pglite = await PGlite.create({ ...embeddedOptions, dataDir: join(folder, 'postgres') });
  try {
    await load({ run: (sql) => pglite.exec(sql), rows: async (sql) => (await pglite.query(sql)).rows }, { statements, seed, say });
  } finally {
    await pglite.close();
  }
  await writeFile(join(folder, 'loaded'), '');
}
