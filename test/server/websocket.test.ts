import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createToken } from '../../src/auth/write.ts';
import { readConfig } from '../../src/config.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type RunningServer, startServer } from './start.ts';

const patiently = { timeout: 60_000 };
const protocol = 'graphql-transport-ws';
const init = { type: 'connection_init' };
const subscribe = (id: string, query: string, more = {}) => ({ id, type: 'subscribe', payload: { query, ...more } });

let database: TestDatabase;
let server: RunningServer;
/** One with small numbers, whose people never come. */
let small: RunningServer;
let editor: string;

beforeAll(async () => {
  database = await openTestDatabase();
  ({ secret: editor } = await createToken(database.prisma, { name: 'desk', role: 'EDITOR' }, null));
  server = await startServer(
    database,
    readConfig({ LIMIT_BODY_BYTES: '10000', LIMIT_IMPORT_BYTES: '30000', LIMIT_TOKENS: '100000' }).limits,
  );
  const person = { findMany: () => new Promise(() => {}) };
  const prisma = new Proxy(database.prisma, { get: (target, name) => (name === 'person' ? person : Reflect.get(target, name)) });
  small = await startServer(
    { ...database, prisma },
    readConfig({ LIMIT_CONNECTIONS: '2', LIMIT_OPERATIONS: '3', LIMIT_IDLE_MS: '400' }).limits,
  );
});

afterAll(async () => {
  await server?.close();
  await small?.close();
  await database?.close();
});

/** A client that does as it is told, and notes what it gets. */
async function raw(running: RunningServer, ...first: (object | string)[]) {
  const socket = new WebSocket(running.endpoint.replace('http', 'ws'), protocol);
  const messages: Record<string, unknown>[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const closed = new Promise<[number, string]>((resolve) => socket.on('close', (code, reason) => resolve([code, String(reason)])));
  await once(socket, 'open');
  const send = (message: object | string) => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  for (const message of first) send(message);
  return { socket, messages, closed, send };
}

describe('a client that keeps to the protocol', () => {
  it('is told of a change, and the subscription ends with it', async () => {
    const client = createClient({ url: server.endpoint.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
    const changes = client.iterate({ query: 'subscription { recordChanged { record { ... on Person { name } } } }' });
    const first = changes.next();
    // It is told what came after it was heard of: until then, more and more people come.
    let known = 0;
    const come = setInterval(() => {
      known++;
      database.prisma.person.create({ data: { name: 'Ana Lima', sortName: `Lima ${known}`, status: 'PUBLISHED' } }).catch(() => {});
    }, 200);
    expect(await first).toMatchObject({ value: { data: { recordChanged: { record: { name: 'Ana Lima' } } } } });
    clearInterval(come);
    await changes.return?.();
    await client.dispose();
    await expect.poll(() => server.log.some(({ msg, code }) => msg === 'websocket closed' && code === 1000), patiently).toBe(true);
  });

  it('may say who it is in the request, too', async () => {
    const url = server.endpoint.replace('http', 'ws');
    class WithHeader extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { headers: { authorization: `Bearer ${editor}` } });
      }
    }
    const client = createClient({ url, webSocketImpl: WithHeader, retryAttempts: 0 });
    const { value } = await client.iterate({ query: '{ viewer { role } }' }).next();
    expect(value).toEqual({ data: { viewer: { role: 'EDITOR' } } });
    await client.dispose();
  });

  it('is refused what it asks when its token was revoked since', async () => {
    const { token, secret } = await createToken(database.prisma, { name: 'soon', role: 'EDITOR' }, null);
    const client = await raw(server, { ...init, payload: { headers: { AUTHORIZATION: `Bearer ${secret}` } } });
    await expect.poll(() => client.messages, patiently).toEqual([{ type: 'connection_ack' }]);
    await database.prisma.token.update({ where: { id: token.id }, data: { revokedAt: new Date() } });
    client.send(subscribe('1', '{ __typename }'));
    await expect
      .poll(() => client.messages[1], patiently)
      .toMatchObject({ type: 'error', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    client.socket.terminate();
  });
});

describe('a client that does not', () => {
  it.each<[string, (object | string)[], number, string | RegExp]>([
    ['sends no init', [], 4408, 'Connection initialisation timeout'],
    ['sends two', [init, init], 4429, 'Too many initialisation requests'],
    ['subscribes before', [subscribe('1', '{ __typename }')], 4401, 'Unauthorized'],
    ['sends what is not JSON', ['{'], 4400, 'Invalid message received'],
    ['sends what only servers send', [init, { type: 'next', id: '1', payload: {} }], 4400, 'Invalid message received'],
    ['has a wrong token', [{ ...init, payload: { authorization: 'Bearer vbt_none' } }], 4403, /not one that this server takes/],
    ['has a token that is no text', [{ ...init, payload: { Authorization: { x: 1 } } }], 4403, /is not `Bearer <token>`/],
    ['says too much', [init, `"${'x'.repeat(10_000)}"`], 1009, ''],
  ])('%s is sent away', async (_name, messages, code, reason) => {
    const { closed } = await raw(server, ...messages);
    expect(await closed).toEqual([code, typeof reason === 'string' ? reason : expect.stringMatching(reason)]);
  });

  it('takes an id that is in use', async () => {
    const client = await raw(small, init);
    await expect.poll(() => client.messages.length, patiently).toBe(1);
    client.send(subscribe('1', '{ people { nodes { name } } }'));
    client.send(subscribe('1', '{ __typename }'));
    expect(await client.closed).toEqual([4409, 'Subscriber for 1 already exists']);
  });

  it('asks for more at once than a connection may', async () => {
    const client = await raw(small, init);
    await expect.poll(() => client.messages.length, patiently).toBe(1);
    for (let i = 0; i < 1_000; i++) client.send(subscribe(String(i), '{ people { nodes { name } } }'));
    await expect.poll(() => client.messages.length, patiently).toBe(1 + 997);
    const refused = client.messages.slice(1).map(({ payload }) => (payload as { extensions: { code: string } }[])[0]?.extensions.code);
    expect(new Set(refused)).toEqual(new Set(['TOO_MANY_OPERATIONS']));
    client.socket.terminate();
  });

  it('asks on and on without reading', async () => {
    const text = 'word '.repeat(120_000);
    const sha256 = createHash('sha256').update(text).digest('hex');
    await database.prisma.document.create({ data: { title: 'Long', text, sha256, status: 'PUBLISHED' } });
    const client = await raw(server, init);
    await expect.poll(() => client.messages.length, patiently).toBe(1);
    client.socket.pause();
    for (let i = 0; i < 80; i++) client.send(subscribe(String(i), '{ documents { nodes { text } } }'));
    // Cut off, which is no code that one could send.
    await expect.poll(() => server.log.some(({ msg, code }) => msg === 'websocket closed' && code === 1006), patiently).toBe(true);
    client.socket.terminate();
  });

  it('sends half a message for longer than it may be', async () => {
    const { socket, closed } = await raw(server, init);
    socket.send('"', { fin: false });
    for (let i = 0; i < 11; i++) socket.send('x'.repeat(1_000), { fin: false });
    expect((await closed)[0]).toBe(1009);
  });
});

it('an editor may send more than others', async () => {
  const client = await raw(server, { ...init, payload: { Authorization: `Bearer ${editor}` } });
  await expect.poll(() => client.messages.length, patiently).toBe(1);
  client.send(subscribe('1', `{ __typename } #${'x'.repeat(20_000)}`));
  await expect.poll(() => client.messages[1], patiently).toMatchObject({ payload: { data: { __typename: 'Query' } } });
  client.send(subscribe('2', `{ __typename } #${'x'.repeat(30_000)}`));
  expect((await client.closed)[0]).toBe(1009);
});

describe('before there is a WebSocket', () => {
  /** The status and codes of what is answered in its place, or 101. */
  async function upgrade(running: RunningServer, headers: Record<string, string>, path = '/graphql') {
    const { port } = new URL(running.origin);
    const asked = httpRequest({ port, path, host: '127.0.0.1', headers: { connection: 'Upgrade', ...headers } });
    asked.end();
    return new Promise((resolve, reject) => {
      asked.on('error', reject);
      asked.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve([response.statusCode, response.headers['sec-websocket-protocol']]);
      });
      asked.on('response', async (response) => {
        const text = (await response.setEncoding('utf8').toArray()).join('');
        resolve([response.statusCode, /"code":"(\w+)"/.exec(text)?.[1] ?? text]);
      });
    });
  }

  const websocket = {
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-protocol': protocol,
  };

  it('the page, the protocol and the address are looked at', async () => {
    const { host } = new URL(server.origin);
    expect(await upgrade(server, websocket)).toEqual([101, protocol]);
    expect(await upgrade(server, { ...websocket, origin: `http://${host}` })).toEqual([101, protocol]);
    expect(await upgrade(server, { ...websocket, 'sec-websocket-protocol': `graphql-ws, ${protocol}` })).toEqual([101, protocol]);
    for (const origin of ['https://other.example', 'null', `http://${host}.other.example`]) {
      expect(await upgrade(server, { ...websocket, origin })).toEqual([403, 'FORBIDDEN']);
    }
    expect(await upgrade(server, { ...websocket, 'sec-websocket-protocol': 'graphql-ws' })).toEqual([400, 'BAD_REQUEST']);
    expect(await upgrade(server, websocket, '/graphql/stream')).toEqual([404, 'NOT_FOUND']);
  });

  it('other protocols that a client offers change nothing', async () => {
    const headers = { upgrade: 'h2c', connection: 'Upgrade, HTTP2-Settings', 'http2-settings': 'AAMAAABkAAQAAP__' };
    expect(await upgrade(server, headers, '/graphql?query=%7B__typename%7D')).toEqual([200, '{"data":{"__typename":"Query"}}']);
  });

  it('so many connections are open at a time, and those without an operation are closed', async () => {
    const first = await raw(small, init);
    const second = await raw(small, init);
    expect(await upgrade(small, websocket)).toEqual([503, 'TOO_MANY_CONNECTIONS']);
    first.send(subscribe('1', 'subscription { recordChanged { id } }'));
    expect(await second.closed).toEqual([1000, 'There was no operation for long.']);
    expect(await upgrade(small, websocket)).toEqual([101, protocol]);
    expect(first.socket.readyState).toBe(WebSocket.OPEN);
    first.socket.terminate();
  });
});
