import { constants } from 'node:fs';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Refusal } from '../refusal.ts';
import { type Connection, type Opening, whenOpened } from './connection.ts';
import { EmbeddedClient } from './embedded-client.ts';
import { lockFolder } from './lock.ts';

/** The PostgreSQL major whose files this PGlite reads. */
const major = '18';

/**
 * Opens the database embedded in this process, kept in a folder.
 * @throws {Refusal} when the folder can't be used, or another process uses it.
 */
export async function openEmbedded(dataDir: string): Promise<Connection> {
  return whenOpened(await beginEmbedded(dataDir));
}

/**
 * Has the database's thread begin to open it: see `openEmbedded`.
 * @throws {Refusal} when the folder can't be used, or another process uses it.
 */
export async function beginEmbedded(dataDir: string): Promise<Opening> {
  // It takes the thread a moment to load what it needs, whatever the folder.
  const client = new EmbeddedClient();
  const folder = resolve(dataDir);
  let unlock = async () => {};
  const abandon = async () => {
    await client.abandon();
    await unlock();
  };
  try {
    unlock = await takeFolder(folder);
    const files = join(folder, 'postgres');
    // Stands there while a database is made. What was cut short holds nothing yet, and is made anew.
    const unfinished = join(folder, 'unfinished');
    if ((await contentOf(unfinished)) !== undefined) await rm(files, { recursive: true, force: true });
    await checkVersion(folder, files, unfinished);
    const opened = client.open(files).catch(async (error) => {
      await abandon();
      throw cannotOpen(folder, error);
    });
    // Whoever waits for it hears of it, maybe later.
    opened.catch(() => {});
    const { connectionTo } = await import('./embedded-connection.ts');
    const connection = connectionTo(client, client.read, `embedded PostgreSQL in ${folder}`, unlock);
    const exclusively: Connection['exclusively'] = async (migrating) => {
      const result = await connection.exclusively(migrating);
      await rm(unfinished, { force: true });
      return result;
    };
    return { connection: { ...connection, exclusively }, opened };
  } catch (error) {
    await abandon();
    throw error instanceof Refusal ? error : cannotOpen(folder, error);
  }
}

/** @returns what lets others take it again. */
async function takeFolder(folder: string): Promise<() => Promise<void>> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return await lockFolder(folder);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      `The data folder ${folder} can't be used (${reason(error)}). Give this user access to it, or name another one in DATA_DIR.`,
    );
  }
}

/** Notes when there is no database yet. */
async function checkVersion(folder: string, files: string, unfinished: string): Promise<void> {
  const version = await contentOf(join(files, 'PG_VERSION'));
  if (version === undefined) return writeFile(unfinished, '');
  if (version && version.trim() !== major) {
    throw new Refusal(
      `The data folder ${folder} was written by PostgreSQL ${version.trim()}, and this Verbatim reads PostgreSQL ${major}. Open it with the Verbatim that wrote it, or name another one in DATA_DIR.`,
    );
  }
}

function cannotOpen(folder: string, error: unknown): Refusal {
  return new Refusal(
    `The embedded database in ${folder} can't be opened (${reason(error)}). If another program uses the folder, stop it; else restore the folder from a copy, or name another one in DATA_DIR.`,
  );
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
