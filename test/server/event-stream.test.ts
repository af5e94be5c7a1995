import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/auth/write.ts';
import { readConfig } from '../../src/config.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type RunningServer, startServer } from './start.ts';

const patiently = { timeout: 60_000 };
const tokenHeader = 'x-graphql-event-stream-token';
const json = { 'content-type': 'application/json' };
const changes = 'subscription { recordChanged { record { ... on Person { name } } } }';

let database: TestDatabase;
let server: RunningServer;
/** One with small numbers. */
let small: RunningServer;
const tokens: string[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  for (const name of ['desk', 'other']) tokens.push((await createToken(database.prisma, { name, role: 'READER' }, null)).secret);
  server = await startServer(database, readConfig({ LIMIT_BODY_BYTES: '10000' }).limits);
  small = await startServer(database, readConfig({ LIMIT_CONNECTIONS: '2', LIMIT_OPERATIONS: '2', LIMIT_IDLE_MS: '400' }).limits);
});

afterAll(async () => {
  await server?.close();
  await small?.close();
  await database?.close();
});

/** Somebody new, again and again, until it is stopped: so that whoever has just begun to listen hears of one. */
function people(): () => void {
  let count = 0;
  const timer = setInterval(() => {
    count++;
    // Nothing is sent until somebody waits for it.
    database.prisma.person.create({ data: { name: 'Ana Lima', sortName: `Lima ${count}`, status: 'PUBLISHED' } }).catch(() => {});
  }, 200);
  return () => clearInterval(timer);
}

/** An open stream, of which one can read until something comes. */
async function open(running: RunningServer, path: string, init: RequestInit = {}) {
  const gone = new AbortController();
  const headers = { accept: 'text/event-stream', ...(init.headers as Record<string, string>) };
  const response = await fetch(`${running.origin}${path}`, { ...init, headers, signal: gone.signal });
  const reader = response.body?.getReader();
  let text = '';
  let ended = false;
  const read = async (wanted: RegExp) => {
    while (!wanted.test(text) && !ended) {
      const step = await reader?.read().catch(() => undefined);
      ended = step?.done ?? true;
      text += new TextDecoder().decode(step?.value);
    }
    return text;
  };
  return { response, read, leave: () => gone.abort(), end: () => read(/(?!)/).then(() => ended) };
}

const get = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;
const reserve = (running: RunningServer, token?: string) =>
  running.fetch('/graphql/stream', { method: 'PUT', headers: token ? { authorization: `Bearer ${token}` } : {} });
const add = (running: RunningServer, stream: string, id: unknown, query = '{ __typename }', more: Record<string, string> = {}) =>
  running.fetch('/graphql/stream', {
    method: 'POST',
    headers: { ...json, [tokenHeader]: stream, ...more },
    body: JSON.stringify({ query, extensions: { operationId: id } }),
  });

describe('a stream for an operation', () => {
  it('is an event stream at once, with pings, and ends with `complete`', async () => {
    const { response, read, leave } = await open(small, get(changes));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    // The first came with the head, the second by itself.
    expect(await read(/:\n\n:\n\n/)).toMatch(/^:\n\n/);
    leave();
    const posted = await open(small, '/graphql', { method: 'POST', headers: json, body: '{"query":"{ __typename }"}' });
    expect(await posted.read(/complete/)).toBe(':\n\nevent: next\ndata: {"data":{"__typename":"Query"}}\n\nevent: complete\ndata:\n\n');
  });

  it('tells what is wrong with the operation in the stream, and with the request by its status', async () => {
    const wrong = await open(server, get('{ nothing }'));
    expect(wrong.response.status).toBe(200);
    expect(await wrong.read(/complete/)).toMatch(
      /^:\n\nevent: next\ndata: \{"errors":\[.*GRAPHQL_VALIDATION_FAILED.*\]\}\n\nevent: complete\ndata:\n\n$/,
    );
    const unknown = await open(server, get('{ __typename }'), { headers: { authorization: 'Bearer vbt_none' } });
    expect([unknown.response.status, await unknown.read(/complete/)]).toEqual([401, expect.stringContaining('UNAUTHENTICATED')]);
    expect((await open(server, get('mutation { __typename }'))).response.status).toBe(405);
  });

  it('is over for the server when the client goes', async () => {
    const one = await open(small, get(changes));
    const two = await open(small, get(changes));
    const three = await open(small, get(changes));
    expect(await three.read(/complete/)).toContain('TOO_MANY_CONNECTIONS');
    one.leave();
    two.leave();
    const finished = () => small.log.filter(({ msg, finished }) => msg === 'request' && finished === false).length;
    await expect.poll(finished, patiently).toBeGreaterThanOrEqual(2);
    const stop = people();
    const again = await open(small, get(changes));
    expect(await again.read(/Ana Lima/)).toContain('Ana Lima');
    stop();
    again.leave();
  });
});

describe('a stream for many operations', () => {
  it('carries a subscription and queries beside it', async () => {
    const client = createClient({ url: `${server.endpoint}/stream`, singleConnection: true, retryAttempts: 0 });
    const told = client.iterate({ query: changes });
    const first = told.next();
    const stop = people();
    expect(await first).toMatchObject({ value: { data: { recordChanged: { record: { name: 'Ana Lima' } } } } });
    stop();
    expect((await client.iterate({ query: '{ __typename }' }).next()).value).toEqual({ data: { __typename: 'Query' } });
    await told.return?.();
    client.dispose();
  });

  it('keeps answers until it is opened, and ends what the client ends', async () => {
    const { text: stream, status } = await reserve(server);
    expect([status, stream]).toEqual([201, expect.stringMatching(/^[\w-]{43}$/)]);
    expect((await add(server, stream, 'a')).status).toBe(202);
    expect((await add(server, stream, 'b', changes)).status).toBe(202);
    expect((await add(server, stream, 'b')).status).toBe(409);
    const opened = await open(server, `/graphql/stream?token=${stream}`);
    expect(await opened.read(/complete\ndata.*\n\n/)).toContain(
      'event: next\ndata: {"id":"a","payload":{"data":{"__typename":"Query"}}}\n\nevent: complete\ndata: {"id":"a"}\n\n',
    );
    expect((await open(server, `/graphql/stream?token=${stream}`)).response.status).toBe(409);
    const ended = await server.fetch('/graphql/stream?operationId=b', { method: 'DELETE', headers: { [tokenHeader]: stream } });
    expect(ended.status).toBe(200);
    expect((await add(server, stream, 'b')).status).toBe(202);
    expect(await opened.read(/"id":"b","payload"/)).toContain('{"id":"b","payload":{"data":{"__typename":"Query"}}}');
    opened.leave();
    await expect.poll(async () => (await add(server, stream, 'c')).status, patiently).toBe(404);
  });

  it('is for nobody but who reserved it', async () => {
    const [desk = '', other = ''] = tokens;
    const { text: stream } = await reserve(server, desk);
    const as = (token: string) => ({ authorization: `Bearer ${token}` });
    for (const headers of [{}, as(other)] as Record<string, string>[]) {
      expect((await open(server, `/graphql/stream?token=${stream}`, { headers })).response.status).toBe(404);
      expect((await add(server, stream, 'x', '{ __typename }', headers)).codes).toEqual(['NOT_FOUND']);
      const ended = await server.fetch(`/graphql/stream?token=${stream}&operationId=x`, { method: 'DELETE', headers });
      expect(ended.status).toBe(404);
    }
    expect((await add(server, stream, 'x', '{ viewer { account } }', as(desk))).status).toBe(202);
    const opened = await open(server, `/graphql/stream?token=${stream}`, { headers: as(desk) });
    expect(await opened.read(/token:desk/)).toContain('token:desk');
    opened.leave();
  });

  it('refuses what is no request for one', async () => {
    const { text: stream } = await reserve(server);
    const post = (body: string, headers: Record<string, string> = json) =>
      server.fetch('/graphql/stream', { method: 'POST', headers: { [tokenHeader]: stream, ...headers }, body });
    expect((await add(server, 'constructor', 'x')).status).toBe(404);
    expect((await add(server, stream, undefined)).status).toBe(400);
    expect((await post('{')).status).toBe(400);
    expect((await post('[]')).codes).toEqual(['BAD_REQUEST']);
    expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(`{"query":"${'x'.repeat(10_000)}"}`)).codes).toEqual(['BODY_TOO_LARGE']);
    expect((await server.fetch('/graphql/stream', { method: 'PATCH' })).status).toBe(405);
    // A name of the client's own choice is not taken.
    const chosen = await server.fetch('/graphql/stream', { method: 'PUT', headers: { [tokenHeader]: 'mine' } });
    expect(chosen.text).not.toBe('mine');
  });

  it('has its limits, and is given up when nobody uses it', async () => {
    const { text: first } = await reserve(small);
    const { text: second } = await reserve(small);
    expect((await reserve(small)).codes).toEqual(['TOO_MANY_CONNECTIONS']);
    const opened = await open(small, `/graphql/stream?token=${first}`);
    expect((await add(small, first, 'a', changes)).status).toBe(202);
    expect((await add(small, first, 'b', changes)).status).toBe(202);
    expect((await add(small, first, 'c')).codes).toEqual(['TOO_MANY_OPERATIONS']);
    // The second was never opened.
    await expect.poll(async () => (await add(small, second, 'a')).status, patiently).toBe(404);
    for (const id of ['a', 'b']) {
      await small.fetch(`/graphql/stream?operationId=${id}`, { method: 'DELETE', headers: { [tokenHeader]: first } });
    }
    expect(await opened.end()).toBe(true);
    expect((await add(small, first, 'd')).status).toBe(404);
  });
});
