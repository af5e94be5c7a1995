import type { Config } from '../config.ts';
import type { Opening } from './connection.ts';

/**
 * Begins to connect to the database that the configuration names, and leaves the rest to that, so that this thread
 * can load the rest of the program in the meantime. Only what that database needs is loaded here.
 * @throws {Refusal} when it can't even begin.
 */
export async function beginToOpen({ databaseUrl, dataDir, limits }: Pick<Config, 'databaseUrl' | 'dataDir' | 'limits'>): Promise<Opening> {
  if (databaseUrl) {
    const { beginPostgres } = await import('./postgres.ts');
    return beginPostgres(databaseUrl, limits.timeoutMs);
  }
  const { beginEmbedded } = await import('./embedded.ts');
  return beginEmbedded(dataDir);
}
