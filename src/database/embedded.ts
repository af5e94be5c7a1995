import { constants } from 'node:fs';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { Refusal } from '../refusal.ts';
import type { Connection } from './connection.ts';
import { lockFolder } from './lock.ts';

/** What PGlite is opened with everywhere: the extensions that the migrations create. */
export const embeddedOptions = { extensions: { pg_trgm, unaccent } } satisfies PGliteOptions;

/** The PostgreSQL major whose files this PGlite reads. */
const major = '18';

/**
 * Opens the database embedded in this process, kept in a folder.
 * @throws {Refusal} when the folder can't be used, or another process uses it.
 */
export async function openEmbedded(dataDir: string): Promise<Connection> {
  const folder = resolve(dataDir);
  let unlock: () => Promise<void>;
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    unlock = await lockFolder(folder);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      `The data folder ${folder} can't be used (${reason(error)}). Give this user access to it, or name another one in DATA_DIR.`,
    );
  }
  try {
    const files = join(folder, 'postgres');
    // Stands there while a database is made. What was cut short holds nothing yet, and is made anew.
    const unfinished = join(folder, 'unfinished');
    if ((await contentOf(unfinished)) !== undefined) await rm(files, { recursive: true, force: true });
    const version = await contentOf(join(files, 'PG_VERSION'));
    if (version === undefined) await writeFile(unfinished, '');
    if (version && version.trim() !== major) {
      throw new Refusal(
        `The data folder ${folder} was written by PostgreSQL ${version.trim()}, and this Verbatim reads PostgreSQL ${major}. Open it with the Verbatim that wrote it, or name another one in DATA_DIR.`,
      );
    }
    const pglite = await PGlite.create({ ...embeddedOptions, dataDir: files });
    const connection = connectionTo(pglite, `embedded PostgreSQL in ${folder}`, unlock);
    return {
      ...connection,
      exclusively: async (migrating) => {
        const result = await connection.exclusively(migrating);
        await rm(unfinished, { force: true });
        return result;
      },
    };
  } catch (error) {
    await unlock();
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      `The embedded database in ${folder} can't be opened (${reason(error)}). If another program uses the folder, stop it; else restore the folder from a copy, or name another one in DATA_DIR.`,
    );
  }
}

/** What stands in a file; undefined when there is none. */
function contentOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** A connection over a PGlite that is already there. */
export function connectionTo(pglite: PGlite, name: string, onClose = async () => {}): Connection {
  return {
    name,
    adapter: new PrismaPGlite(pglite),
    query: async (sql) => (await pglite.query<Record<string, unknown>>(sql)).rows,
    run: async (script) => {
      await pglite.exec(script);
    },
    // The lock on the folder keeps other processes out altogether.
    exclusively: (work) => work(),
    listen: (channel, hear) => {
      const started = pglite.listen(channel, hear).then(
        (stop) => {
          hear(undefined);
          return stop;
        },
        // It was closed in the meantime.
        () => undefined,
      );
      return async () => {
        const stop = await started;
        if (!pglite.closed) await stop?.();
      };
    },
    close: async () => {
      await pglite.close();
      await onClose();
    },
  };
}

function reason(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
