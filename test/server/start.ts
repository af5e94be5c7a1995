import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { type Config, type Limits, readConfig } from '../../src/config.ts';
import type { Database } from '../../src/database/database.ts';
import { readPersistedDocuments } from '../../src/http/persisted-file.ts';
import type { Execute } from '../../src/operation/operations.ts';
import { schema } from '../../src/schema.ts';
import { createHttpServer } from '../../src/server.ts';

/** A line of the server's log. */
export interface LogLine {
  level: number;
  msg: string;
  [key: string]: unknown;
}

export interface AnswerError {
  message: string;
  path?: (string | number)[];
  locations?: object[];
  extensions?: { code?: string; limit?: number; found?: number; errorId?: string; [key: string]: unknown };
}

/** What came over HTTP. */
export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON, or an empty object when it is something else. */
  body: { data?: Record<string, unknown> | null; errors?: AnswerError[] };
  /** The codes of its errors. */
  codes: (string | undefined)[];
}

export interface RunningServer {
  /** Where it listens, without a path. */
  origin: string;
  /** Where GraphQL is. */
  endpoint: string;
  log: LogLine[];
  fetch(path: string, init?: RequestInit): Promise<HttpAnswer>;
  /** Posts what a GraphQL client would. */
  ask(query: string, variables?: unknown, more?: object): Promise<HttpAnswer>;
  /** The same with a bearer token. */
  askAs(token: string, query: string, variables?: unknown): Promise<HttpAnswer>;
  /** Tells subscribers that it stops. */
  stop(): void;
  close(): Promise<void>;
}

/** What the server asks of a database in a test. */
export type ServerDatabase = Pick<Database, 'prisma' | 'ping'> & Partial<Pick<Database, 'listen'>>;

/** The whole server, on a port that nothing else uses. */
export async function startServer(
  database: ServerDatabase,
  limits: Partial<Limits> = {},
  more: Partial<Config> = {},
  execute?: Execute,
): Promise<RunningServer> {
  const log: LogLine[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => log.push(JSON.parse(line)) });
  const standard = readConfig({});
  const config = { ...standard, ...more, limits: { ...standard.limits, ...limits } };
  const stopping = new AbortController();
  const server = createHttpServer({
    stopping: stopping.signal,
    database: { listen: () => async () => {}, query: async () => [], ...database, name: 'a test', close: async () => {} },
    config,
    documents: await readPersistedDocuments(config, schema),
    log: logger,
    ...(execute ? { execute } : {}),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fetchPath = async (path: string, init?: RequestInit) => answerOf(await fetch(`${origin}${path}`, { redirect: 'manual', ...init }));
  const post = (body: object, headers: Record<string, string> = {}) =>
    fetchPath('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  return {
    origin,
    endpoint: `${origin}/graphql`,
    log,
    fetch: fetchPath,
    ask: (query, variables, more) => post({ query, variables, ...more }),
    askAs: (token, query, variables) => post({ query, variables }, { authorization: `Bearer ${token}` }),
    stop: () => stopping.abort(),
    close: () =>
      new Promise<void>((resolve, reject) => {
        stopping.abort();
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function answerOf(response: Response): Promise<HttpAnswer> {
  const text = await response.text();
  const body = bodyOf(text);
  return {
    status: response.status,
    headers: response.headers,
    text,
    body,
    codes: (body.errors ?? []).map(({ extensions }) => extensions?.code),
  };
}

function bodyOf(text: string): HttpAnswer['body'] {
  try {
    // Of server-sent events, the last that is no mere sign of the end.
    return JSON.parse([...text.matchAll(/^data: (.+)$/gm)].at(-1)?.[1] ?? text);
  } catch {
    return {};
  }
}
