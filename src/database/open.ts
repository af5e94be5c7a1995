import type { Config } from '../config.ts';
import type { Connection } from './connection.ts';

type DatabaseConfig = Pick<Config, 'databaseUrl' | 'dataDir' | 'limits'>;

/** A database that is being opened while something else is done. */
export interface Opening {
  opened: Promise<Connection>;
}

/**
 * Connects to the database that the configuration names. Only what that one needs is loaded.
 * @param onBegun is called when the rest is up to the database, and no longer to this thread.
 * @throws {Refusal} when it can't be reached or opened.
 */
export async function openConnection({ databaseUrl, dataDir, limits }: DatabaseConfig, onBegun?: () => void): Promise<Connection> {
  if (databaseUrl) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(databaseUrl, limits.timeoutMs, onBegun);
  }
  const { openEmbedded } = await import('./embedded.ts');
  return openEmbedded(dataDir, onBegun);
}

/**
 * Begins to connect, so that this thread can load the rest of the program in the meantime: what it loads in one go
 * would hold up the beginning, too.
 * @throws {Refusal} when it can't even begin.
 */
export function beginToOpen(config: DatabaseConfig): Promise<Opening> {
  return new Promise((resolve, reject) => {
    const opened = openConnection(config, () => resolve({ opened }));
    opened.catch(reject);
  });
}
