import type { Config } from '../config.ts';
import { PrismaClient } from '../generated/prisma/client.ts';
import type { Connection, Listen } from './connection.ts';
import { openEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { inSchema, keepPast } from './past.ts';
import { openPostgres } from './postgres.ts';

/** The migrated database, ready for queries. */
export interface Database {
  name: string;
  prisma: PrismaClient;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  listen: Listen;
  close(): Promise<void>;
}

export interface StatementLog {
  /** Called with each SQL statement that Prisma sends. */
  onStatement?: (sql: string) => void;
}

/**
 * Opens the database that the configuration names and brings its tables up to date.
 * @throws {Refusal} when it can't be reached or opened, or is newer than this code.
 */
export async function openDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir' | 'limits'>, log: StatementLog = {}): Promise<Database> {
  const connection = config.databaseUrl
    ? await openPostgres(config.databaseUrl, config.limits.timeoutMs)
    : await openEmbedded(config.dataDir);
  return prepare(connection, log);
}

/** Migrates a connection and puts Prisma on it; closes it when that fails. */
export async function prepare(connection: Connection, { onStatement }: StatementLog = {}): Promise<Database> {
  try {
    await migrate(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
  const clientOn = (adapter: Connection['adapter'], transactionOptions = {}) => {
    const client = new PrismaClient({ adapter, transactionOptions, log: onStatement ? [{ emit: 'event', level: 'query' }] : [] });
    if (onStatement) client.$on('query', (event) => onStatement(event.query));
    return client;
  };
  const prisma = clientOn(connection.adapter);
  let past: PrismaClient | undefined;
  keepPast(prisma, () => {
    // Each of its queries is a transaction; the limits of a request end what takes too long before this does.
    past ??= clientOn(inSchema(connection.adapter, 'past'), { maxWait: 60_000, timeout: 60_000 });
    return past;
  });
  return {
    name: connection.name,
    prisma,
    ping: async () => {
      await connection.query('SELECT 1');
    },
    listen: connection.listen,
    close: async () => {
      await past?.$disconnect();
      await prisma.$disconnect();
      await connection.close();
    },
  };
}
