import type { Config } from '../config.ts';
import { PrismaClient } from '../generated/prisma/client.ts';
import { type Connection, type Listen, type StatementLog, whenOpened } from './connection.ts';
import { lazy } from './lazy.ts';
import { migrate } from './migrate.ts';
import { beginToOpen } from './open.ts';
import { inSchema, keepPast } from './past.ts';
import { keepReader } from './reads.ts';

export type { StatementLog } from './connection.ts';

/** The migrated database, ready for queries. */
export interface Database {
  name: string;
  prisma: PrismaClient;
  /** Runs one statement outside Prisma. */
  query: Connection['query'];
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  listen: Listen;
  close(): Promise<void>;
}

type Opened = Pick<Config, 'databaseUrl' | 'dataDir' | 'limits' | 'readCompiler'>;

/**
 * Opens the database that the configuration names and brings its tables up to date.
 * @throws {Refusal} when it can't be reached or opened, or is newer than this code.
 */
export async function openDatabase(config: Opened, log: StatementLog = {}): Promise<Database> {
  return prepare(await whenOpened(await beginToOpen(config)), { ...log, readCompiler: config.readCompiler });
}

type Options = StatementLog & Pick<Config, 'readCompiler'>;

/** Migrates a connection and puts Prisma on it; closes it when that fails. */
export async function prepare(connection: Connection, options: Options): Promise<Database> {
  const database = databaseOn(connection, options);
  try {
    await migrate(connection);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/** Puts Prisma on a connection, which need not be opened yet. */
export function databaseOn(connection: Connection, { onStatement, readCompiler }: Options): Database {
  const clientOn = (adapter: Connection['adapter'], transactionOptions = {}) => {
    const client = new PrismaClient({ adapter, transactionOptions, log: onStatement ? [{ emit: 'event', level: 'query' }] : [] });
    if (onStatement) client.$on('query', (event) => onStatement(event.query));
    return client;
  };
  // It takes 50 ms and 27 MB, and reads seldom need it.
  let present: PrismaClient | undefined;
  const prisma = lazy(() => {
    present = clientOn(connection.adapter);
    return present;
  });
  if (readCompiler) keepReader(prisma, connection, { onStatement });
  let past: PrismaClient | undefined;
  keepPast(prisma, () => {
    // Each of its queries is a transaction; the limits of a request end what takes too long before this does.
    past ??= clientOn(inSchema(connection.adapter, 'past'), { maxWait: 60_000, timeout: 60_000 });
    return past;
  });
  return {
    name: connection.name,
    prisma,
    query: connection.query,
    ping: async () => {
      await connection.query('SELECT 1');
    },
    listen: connection.listen,
    close: async () => {
      await past?.$disconnect();
      await present?.$disconnect();
      await connection.close();
    },
  };
}
