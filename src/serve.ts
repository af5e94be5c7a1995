import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { assertValidSchema } from 'graphql';
import { destination, type Logger, pino } from 'pino';
import { createFirstToken } from './auth/write.ts';
import type { Config } from './config.ts';
import type { Opening } from './database/connection.ts';
import { type Database, databaseOn } from './database/database.ts';
import { migrate } from './database/migrate.ts';
import { beginToOpen } from './database/open.ts';
import { readPersistedDocuments } from './http/persisted-file.ts';
import { countRecords, isEmpty } from './record/count.ts';
import { Refusal } from './refusal.ts';
import { schema } from './schema.ts';
import { createHttpServer } from './server.ts';

/** How long requests that run when the process is told to stop may go on, in milliseconds. */
const grace = 15_000;

/**
 * Serves the database until the process is told to stop. An empty embedded database gets
 * the demo record, and one without any token gets one for an administrator.
 * @param opening the database, if it is being opened already.
 * @throws {Refusal} when that isn't possible.
 */
export async function serve(config: Config, opening: Opening | undefined): Promise<void> {
  const log = pino({ level: config.logLevel }, destination(2));
  const documents = await readPersistedDocuments(config, schema);
  const { connection, opened } = opening ?? (await beginToOpen(config));
  // All of this needs no answer from the database, which is still opening.
  const database = databaseOn(connection, config);
  const stopping = new AbortController();
  const server = createHttpServer({ database, config, documents, log, stopping: stopping.signal });
  // The first request would wait for it.
  assertValidSchema(schema);
  await opened;
  try {
    await migrate(connection);
    if (!config.databaseUrl && (await isEmpty(database))) await fill(database);
    await listen(server, config);
    // Now that nothing else can fail: the secret is shown this once.
    const firstToken = config.databaseUrl ? undefined : await firstTokenOf(database);
    const records = await countRecords(database);
    process.stdout.write(
      `Verbatim listens at ${addressOf(server, config)}/graphql\nDatabase: ${database.name}\nRecords: ${records.map(({ noun, count }) => `${count} ${noun}`).join(', ')}\n${firstToken ? welcome(firstToken) : ''}`,
    );
    beFrugal();
    stopOnSignal(server, log, stopping, database.close);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Lets the heap grow by less than Node does between two collections, which would be twice what is in use. Not
 * before: while the program is loaded nearly all of it stays, and there is little to collect.
 */
function beFrugal(): void {
  setFlagsFromString('--heap-growing-percent=70');
}

async function fill({ prisma }: Database): Promise<void> {
  const { loadDemo } = await import('./demo/load.ts');
  await loadDemo(prisma);
}

/** The secret of the first token, which is made unless there ever was one. */
async function firstTokenOf({ query, prisma }: Database): Promise<string | undefined> {
  const [row] = await query('SELECT EXISTS (SELECT FROM "Token") AS some');
  return row?.some ? undefined : createFirstToken(prisma);
}

/** How to use the token that was just made. */
function welcome(secret: string): string {
  const header = JSON.stringify({ Authorization: `Bearer ${secret}` });
  return `Administrator’s token, shown this once: ${secret}\nSend it as the header "Authorization: Bearer <token>"; in the playground, put ${header} into the pane "Headers".\n`;
}

function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? `Port ${port} on ${host} is in use. Stop the program that uses it, or choose another with PORT.`
          : `Verbatim can’t listen on ${host}, port ${port} (${error.message}). Choose others with HOST and PORT.`;
      reject(new Refusal(reason));
    });
    server.listen(port, host, resolve);
  });
}

function addressOf(server: Server, { host }: Config): string {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  const name = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** Finishes what is running, closes the database, and ends the process. */
function stopOnSignal(server: Server, log: Logger, stopping: AbortController, close: () => Promise<void>): void {
  // Browsers open connections in advance. Until the first request Node doesn't count them as idle.
  const unused = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  server.on('upgrade', ({ socket }) => unused.delete(socket));
  const stop = (signal: string) => {
    log.info({ signal }, 'stopping');
    stopping.abort();
    const impatience = setTimeout(() => server.closeAllConnections(), grace);
    for (const socket of unused) socket.destroy();
    // Those that are in use would stay open for more requests when they are answered.
    const idle = setInterval(() => server.closeIdleConnections(), 100);
    server.close(async () => {
      clearTimeout(impatience);
      clearInterval(idle);
      await close();
      log.info('stopped');
      // The embedded database and the schema engine leave timers behind that would keep the process for seconds.
      process.exit(0);
    });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
