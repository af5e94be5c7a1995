import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makePostgres, type Postgres } from '../../scripts/postgres.mjs';
import { createToken } from '../../src/auth/write.ts';
import { readConfig } from '../../src/config.ts';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { loadDemo } from '../../src/demo/load.ts';
import { type Program, start, temporaryFolder } from '../process/program.ts';

/** The account that writes. */
export const account = 'token:storm';

/** A database that the program is started on, and what a storm needs to know of it. */
export interface Ground {
  /** What the program is started with. */
  variables: Record<string, string>;
  /** The token of the account that writes. */
  token: string;
  remove(): Promise<void>;
}

/** The grounds of the storms, each of them new. */
export interface Grounds {
  name: 'PGlite' | 'PostgreSQL';
  postgres?: Postgres;
  make(): Promise<Ground>;
  close(): Promise<void>;
}

/** Makes what each ground is a copy of: the demo record, and the token. */
function prepare(variables: Record<string, string>): Promise<string> {
  return within({ variables }, async ({ prisma }) => {
    await loadDemo(prisma);
    const { secret } = await createToken(prisma, { name: 'storm', role: 'ADMIN', expiresAt: undefined }, null);
    return secret;
  });
}

/** Folders. */
export async function embeddedGrounds(): Promise<Grounds> {
  const folder = await temporaryFolder();
  const first = join(folder.path, 'first');
  const token = await prepare({ DATA_DIR: first });
  let count = 0;
  return {
    name: 'PGlite',
    make: async () => {
      count += 1;
      const DATA_DIR = join(folder.path, `storm ${count}`);
      await cp(first, DATA_DIR, { recursive: true });
      return { variables: { DATA_DIR }, token, remove: () => rm(DATA_DIR, { recursive: true, force: true }) };
    },
    close: folder.remove,
  };
}

/** Databases on a server of its own, which loses nothing when it is killed. */
export async function postgresGrounds(): Promise<Grounds> {
  const postgres = await makePostgres({ settings: ['fsync=on', 'max_connections=50'] });
  if (!postgres) throw new Error('There is no PostgreSQL server here. Install one (Debian: apt-get install postgresql).');
  const close = async () => {
    await postgres.stop();
    await postgres.remove();
  };
  try {
    await postgres.start();
    await postgres.query(`CREATE DATABASE first`);
    const token = await prepare({ DATABASE_URL: postgres.url('first') });
    let count = 0;
    return {
      name: 'PostgreSQL',
      postgres,
      make: async () => {
        count += 1;
        await postgres.query(`CREATE DATABASE storm_${count} TEMPLATE first`);
        return { variables: { DATABASE_URL: postgres.url(`storm_${count}`) }, token, remove: async () => {} };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts the program on a ground. */
export function startOn({ variables }: Ground): Program {
  return start({ ...variables, LOG_LEVEL: 'error' });
}

/** Looks at the database of a ground from here, while the program doesn't have it if it is embedded. */
export async function within<T>({ variables }: Pick<Ground, 'variables'>, look: (database: Database) => Promise<T>): Promise<T> {
  const config = readConfig(variables);
  const database = await openDatabase({ ...config, limits: { ...config.limits, timeoutMs: 120_000 } });
  try {
    return await look(database);
  } finally {
    await database.close();
  }
}
