import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Refusal } from '../refusal.ts';
import { type Connection, type Opening, whenOpened } from './connection.ts';
import { listenOn } from './listen.ts';

/** The oldest PostgreSQL that the migrations run on. */
const oldestVersion = 15;

/** Statements that a connection keeps prepared; more than that are sent unnamed. */
const maxNamedStatements = 500;

/** The number of the advisory lock: any that nothing else in this database uses. */
const migrationLock = 7_265_626_174;

/**
 * Connects to a PostgreSQL server.
 * @param timeoutMs how long one statement may run.
 * @throws {Refusal} when it can't be reached, or is too old.
 */
export function openPostgres(url: string, timeoutMs: number): Promise<Connection> {
  return whenOpened(beginPostgres(url, timeoutMs));
}

/** Begins to connect to a PostgreSQL server: see `openPostgres`. */
export function beginPostgres(url: string, timeoutMs: number): Opening {
  const pool = new pg.Pool({
    connectionString: url,
    // For a connection that is free, too: whoever waits is told by the time limit of requests, or of transactions.
    connectionTimeoutMillis: Math.max(timeoutMs, 5_000) + 5_000,
    // Connections hold prepared statements: they are worth keeping.
    idleTimeoutMillis: 10 * 60_000,
    statement_timeout: timeoutMs,
    // Compiling a nested query takes longer, by far, than running it.
    options: '-c jit=off -c enable_parallel_append=off',
    application_name: 'verbatim',
  });
  // An idle connection that breaks is replaced by the pool; unhandled, it would end the process.
  pool.on('error', () => {});
  const name = `PostgreSQL at ${withoutSecrets(url)}`;
  const { listen, stopListening } = listenOn(url);
  const opened = checkServer(url, name).catch(async (error) => {
    await pool.end();
    throw error;
  });
  // Whoever waits for it hears of it, maybe later.
  opened.catch(() => {});
  const connection: Connection = {
    name,
    adapter: new PrismaPg(pool, { statementNameGenerator: statementNames() }),
    query: async (sql) => (await pool.query<Record<string, unknown>>(sql)).rows,
    run: async (script) => {
      // Without parameters the server takes the script whole, in a transaction of its own. It may take its time.
      await pool.query(`SET LOCAL statement_timeout = 0; ${script}`);
    },
    exclusively: async (work) => {
      const client = await pool.connect();
      try {
        await client.query(`SET statement_timeout = 0; SELECT pg_advisory_lock(${migrationLock})`);
        return await work();
      } finally {
        // Ends the session, and the lock with it.
        client.release(true);
      }
    },
    read: async ({ name, text }, values) => {
      const { rows } = await pool.query<(string | null)[]>({ name: name || undefined, text, values: [...values], rowMode: 'array' });
      return rows[0]?.[0] ?? null;
    },
    listen,
    close: async () => {
      await stopListening();
      await pool.end();
    },
  };
  return { connection, opened };
}

async function checkServer(url: string, name: string): Promise<void> {
  const version = await versionOf(url).catch((error) => {
    throw new Refusal(
      `The ${name} can't be reached (${connectionProblem(error)}). Check that it runs and that DATABASE_URL is right, or unset DATABASE_URL to use the embedded database.`,
    );
  });
  if (version >= oldestVersion) return;
  throw new Refusal(
    `The ${name} is version ${version}, and Verbatim needs ${oldestVersion} or later. Upgrade it, or unset DATABASE_URL to use the embedded database.`,
  );
}

/** The major version of the server, which has some seconds to answer. */
async function versionOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>("SELECT current_setting('server_version_num')::int / 10000 AS version");
    return rows[0]?.version ?? 0;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Gives a statement's text its name, for the first so many texts. */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known) return known;
    if (names.size >= maxNamedStatements) return '';
    const name = createHash('sha256').update(sql).digest('base64url').slice(0, 24);
    names.set(sql, name);
    return name;
  };
}

function withoutSecrets(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}${port && `:${port}`}${pathname}`;
}

function connectionProblem(error: unknown): string {
  // Node reports a host with several addresses as several errors.
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  return error instanceof Error ? error.message : String(error);
}
