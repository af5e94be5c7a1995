import { constants } from 'node:fs';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Refusal } from '../refusal.ts';
import type { Connection } from './connection.ts';
import { EmbeddedClient } from './embedded-client.ts';
import { lockFolder } from './lock.ts';

/** The PostgreSQL major whose files this PGlite reads. */
const major = '18';

/**
 * Opens the database embedded in this process, kept in a folder.
 * @param onBegun is called when the rest is up to the database's thread.
 * @throws {Refusal} when the folder can't be used, or another process uses it.
 */
export async function openEmbedded(dataDir: string, onBegun = () => {}): Promise<Connection> {
  // It takes the thread a moment to load what it needs, whatever the folder.
  const client = new EmbeddedClient();
  const folder = resolve(dataDir);
  let unlock: () => Promise<void>;
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    unlock = await lockFolder(folder);
  } catch (error) {
    await client.abandon();
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
    const opening = client.open(files);
    onBegun();
    const [{ connectionTo }] = await Promise.all([import('./embedded-connection.ts'), opening]);
    const connection = connectionTo(client, client.read, `embedded PostgreSQL in ${folder}`, unlock);
    return {
      ...connection,
      exclusively: async (migrating) => {
        const result = await connection.exclusively(migrating);
        await rm(unfinished, { force: true });
        return result;
      },
    };
  } catch (error) {
    await client.abandon();
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

function reason(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
