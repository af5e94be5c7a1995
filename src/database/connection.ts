import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { Run } from '../compiler/statement/index.ts';

/**
 * Hears what is notified on a channel, from now on, through all that happens to the connection.
 * @param hear gets what a notification says; undefined when some may have been missed.
 * @returns a function that ends it.
 */
export type Listen = (channel: string, hear: (said: string | undefined) => void) => () => Promise<void>;

/** A connection to PostgreSQL, embedded or not, before anything is known of what it holds. */
export interface Connection {
  /** How to name this database to a person, without secrets. */
  name: string;
  adapter: SqlMigrationAwareDriverAdapterFactory;
  /** Runs one statement outside Prisma: for what must work before the tables are there. */
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** Runs a script of several statements, all of them or none. */
  run(script: string): Promise<void>;
  /** Runs work while no other process does the same. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Runs a statement of the read compiler. */
  read: Run;
  listen: Listen;
  close(): Promise<void>;
}

/** A connection that is being made, while something else is done. */
export interface Opening {
  /** Knows of its database, but can be asked only when that is opened. */
  connection: Connection;
  /** Rejects with a `Refusal` when it can't be opened; then there is nothing left to close. */
  opened: Promise<void>;
}

/** Waits for a connection. @throws {Refusal} when its database can't be opened. */
export async function whenOpened({ connection, opened }: Opening): Promise<Connection> {
  await opened;
  return connection;
}

export interface StatementLog {
  /** Called with each SQL statement that is sent. */
  onStatement?: (sql: string) => void;
}
