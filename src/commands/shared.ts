import { setFlagsFromString } from 'node:v8';
import { readConfig } from '../config.ts';
import type { Database } from '../database/database.ts';

/** Does the work on the database that the configuration names. */
export async function onDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const { openDatabase } = await import('../database/database.ts');
  const database = await openDatabase(config);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/**
 * Lets the heap grow by less than Node does between two collections: what an import or an export holds is a batch
 * or two, and nearly all of a larger heap would be waste.
 */
export function beFrugal(): void {
  setFlagsFromString('--heap-growing-percent=30');
}

/** Says something to whoever watches. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Writes to standard output, and waits until it is written: the process ends next. */
export function print(text: string): Promise<void> {
  return write(`${text}\n`);
}

/** The same, without an end of line. */
export function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: NodeJS.ErrnoException | null) => {
      process.stdout.off('error', done);
      // Whoever reads has read enough, such as `head`.
      if (error && error.code !== 'EPIPE') reject(error);
      else resolve();
    };
    process.stdout.once('error', done);
    process.stdout.write(text, done);
  });
}
