import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/auth/write.ts';
import { allowsUpgrade } from '../../src/http/cors.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type HttpAnswer, type RunningServer, startServer } from './start.ts';

const desk = 'https://desk.example.org';
const other = 'https://other.example';
const people = '/graphql?query={people{nodes{name}}}';
const large = `/graphql?query=${encodeURIComponent(getIntrospectionQuery())}`;
const json = { 'content-type': 'application/json' };

let database: TestDatabase;
let server: RunningServer;
/** Open to all pages, and to caches for a minute. */
let open: RunningServer;
/** Closed to whoever has no token. */
let closed: RunningServer;
let secret: string;

beforeAll(async () => {
  database = await openTestDatabase();
  ({ secret } = await createToken(database.prisma, { name: 'reader', role: 'READER' }, null));
  server = await startServer(database, {}, { corsOrigins: [desk, 'http://localhost:5173'] });
  open = await startServer(database, {}, { corsOrigins: '*', cacheMaxAge: 60 });
  closed = await startServer(database, {}, { readWithoutToken: false, cacheMaxAge: 60 });
});

afterAll(async () => {
  await Promise.all([server?.close(), open?.close(), closed?.close()]);
  await database?.close();
});

const get = (path: string, headers: Record<string, string> = {}, from = server) => from.fetch(path, { headers });
const bearer = () => ({ authorization: `Bearer ${secret}` });
const permissions = ({ headers }: HttpAnswer) => [...headers.keys()].filter((name) => name.startsWith('access-control-'));
const preflight = (origin: string, from = server) =>
  from.fetch('/graphql', {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,x-request-id',
    },
  });

describe('the pages of an origin that is allowed', () => {
  it('may ask, and read the id of the request and the tag of the answer', async () => {
    for (const answer of [
      await get(people, { origin: desk }),
      await server.fetch('/graphql', { method: 'POST', headers: { ...json, origin: desk }, body: '{"query":"{ __typename }"}' }),
      await server.fetch('/graphql', { method: 'POST', headers: { origin: desk }, body: 'wrong' }),
    ]) {
      expect(answer.headers.get('access-control-allow-origin')).toBe(desk);
      expect(answer.headers.get('access-control-expose-headers')).toBe('x-request-id, etag');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      expect(answer.headers.get('vary')).toBe('accept, accept-encoding, authorization, gateway-authorization, origin');
    }
  });

  it('are told in advance, without a token, that they may send headers', async () => {
    const { status, text, headers } = await preflight(desk);
    expect([status, text]).toEqual([204, '']);
    expect(headers.get('access-control-allow-origin')).toBe(desk);
    expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST');
    expect(headers.get('access-control-allow-headers')).toBe('authorization,content-type,x-request-id');
    expect(headers.get('access-control-max-age')).toBe('86400');
    expect(headers.get('vary')).toContain('origin');
  });

  it('are those of all sites, if that is configured', async () => {
    expect((await preflight(other, open)).status).toBe(204);
    const { headers } = await get(people, { origin: other }, open);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('vary')).not.toContain('origin');
  });
});

describe('the pages of another origin', () => {
  it.each([other, `${desk}.evil.example`, 'https://desk.example.org:8443', 'http://desk.example.org', 'null', ''])(
    'get no permission: %j',
    async (origin) => {
      const answers = [await get(people, { origin }), await preflight(origin)];
      for (const answer of answers) {
        expect(permissions(answer)).toEqual([]);
        expect(answer.headers.get('vary')).toContain('origin');
      }
    },
  );

  it('can’t open a WebSocket, which browsers don’t ask about', () => {
    const origins = [desk];
    const may = (origin: string | undefined, host = 'record.example.org:4000') => allowsUpgrade(origins, { headers: { origin, host } });
    expect([may(desk), may(undefined), may('https://record.example.org:4000'), may('http://Record.example.org:4000')]).not.toContain(false);
    expect([may(other), may('null'), may(''), may('https://record.example.org'), may('record.example.org:4000')]).not.toContain(true);
    expect(allowsUpgrade('*', { headers: { origin: other, host: 'x' } })).toBe(true);
    expect(allowsUpgrade([], { headers: { origin: other, host: 'x' } })).toBe(false);
  });
});

describe('compression', () => {
  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['gzip;q=1, br;q=0', 'gzip'],
    ['identity', null],
    ['zstd', null],
  ])('is as the client takes it: %s', async (encodings, encoding) => {
    const answer = await get(large, { 'accept-encoding': encodings });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('vary')).toContain('accept-encoding');
    expect(answer.body.data).toHaveProperty('__schema');
  });

  it('is for answers to POST too, and for the playground', async () => {
    const body = JSON.stringify({ query: getIntrospectionQuery() });
    const posted = await server.fetch('/graphql', { method: 'POST', headers: { ...json, 'accept-encoding': 'gzip' }, body });
    expect(posted.headers.get('content-encoding')).toBe('gzip');
    expect(posted.body.data).toHaveProperty('__schema');
    const page = await get('/graphql', { accept: 'text/html', 'accept-encoding': 'gzip' });
    expect(page.headers.get('content-encoding')).toBe('gzip');
    expect(page.text).toContain('</html>');
  });

  it('is not for small answers, or for streams, which it would hold up', async () => {
    const small = await get(people, { 'accept-encoding': 'gzip' });
    expect([small.headers.get('content-encoding'), small.headers.get('content-length')]).toEqual([null, String(small.text.length)]);
    for (const accept of ['text/event-stream', 'multipart/mixed']) {
      const { status, headers, text } = await get(large, { accept, 'accept-encoding': 'gzip' });
      expect([status, headers.get('content-type')?.split(';')[0]]).toEqual([200, accept]);
      expect(headers.get('content-encoding')).not.toBe('gzip');
      expect(headers.get('cache-control')).not.toMatch(/public|max-age/);
      expect(text).toContain('__schema');
    }
  });

  it('leaves the headers of HEAD as those of GET', async () => {
    const headersOf = async (method: string) => {
      const { headers } = await server.fetch(large, { method, headers: { 'accept-encoding': 'gzip' } });
      const ofConnection = ['x-request-id', 'date', 'connection', 'keep-alive', 'transfer-encoding'];
      return [...headers].filter(([name]) => !ofConnection.includes(name));
    };
    expect(await headersOf('HEAD')).toEqual(await headersOf('GET'));
  });
});

describe('an answer to a query in the URL', () => {
  it('has a tag, by which it is not sent again until it changes', async () => {
    const first = await get(people);
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'public, no-cache']);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"[\w-]+"$/);
    for (const known of [tag, tag.slice(2), `"x", ${tag}`, '*']) {
      const again = await get(people, { 'if-none-match': known, 'accept-encoding': 'gzip' });
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag]);
      expect(again.headers.get('cache-control')).toBe('public, no-cache');
      expect(again.headers.get('vary')).toBe('accept, accept-encoding, authorization, gateway-authorization, origin');
      expect(again.headers.get('content-type')).toBeNull();
    }
    await database.prisma.person.create({ data: { name: 'Ana Lima', sortName: 'Lima', status: 'PUBLISHED' } });
    const changed = await get(people, { 'if-none-match': tag });
    expect([changed.status, changed.headers.get('etag') === tag]).toEqual([200, false]);
    expect(changed.text).toContain('Ana Lima');
  });

  it('has the same tag however it is compressed, and another for each media type', async () => {
    const tagOf = async (headers: Record<string, string>) => (await get(large, headers)).headers.get('etag');
    const plain = await tagOf({ 'accept-encoding': 'identity' });
    expect(await tagOf({ 'accept-encoding': 'gzip' })).toBe(plain);
    expect(await tagOf({ accept: 'application/graphql-response+json' })).not.toBe(plain);
  });

  it('may be used without asking for as long as is configured', async () => {
    expect((await get(people, {}, open)).headers.get('cache-control')).toBe('public, max-age=60');
  });

  it('is for nobody else if it was asked with a token', async () => {
    for (const from of [server, open, closed]) {
      const { status, headers } = await get(people, bearer(), from);
      expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
      expect(headers.get('vary')).toContain('authorization');
      const again = await get(people, { ...bearer(), 'if-none-match': headers.get('etag') ?? '' }, from);
      expect([again.status, again.headers.get('cache-control')]).toEqual([304, 'private, no-cache']);
    }
  });

  it('is not given by its tag to somebody who may not ask', async () => {
    const answer = await get(people, { 'if-none-match': '*' }, closed);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([401, 'no-store']);
  });
});

describe('nothing is kept', () => {
  it.each<[name: string, ask: () => Promise<HttpAnswer>, status: number]>([
    ['a query by POST', () => open.ask('{ __typename }'), 200],
    ['a field with an error', () => get('/graphql?query={node(id:"x"){id}}', {}, open), 200],
    ['a query that doesn’t fit', () => get('/graphql?query={nothing}', {}, open), 200],
    ['a mutation', () => get('/graphql?query=mutation{__typename}', {}, open), 405],
    ['no query', () => get('/graphql', {}, open), 400],
    ['a wrong token', () => get(people, { authorization: 'Bearer vbt_x' }, open), 401],
    ['no token where one is needed', () => get(people, {}, closed), 401],
    ['an unknown address', () => get('/nothing', {}, open), 404],
    ['/ready', () => get('/ready', {}, open), 200],
  ])('of %s', async (_name, ask, status) => {
    const { status: found, headers } = await ask();
    expect([found, headers.get('cache-control'), headers.get('etag')]).toEqual([status, 'no-store', null]);
  });
});

describe('the playground', () => {
  it('is not sent again, and kept apart from answers', async () => {
    const page = await get('/graphql', { accept: 'text/html' }, open);
    expect(page.headers.get('cache-control')).toBe('public, no-cache');
    expect(page.headers.get('vary')).toContain('accept');
    const again = await get('/graphql', { accept: 'text/html', 'if-none-match': page.headers.get('etag') ?? '' }, open);
    expect([again.status, again.text]).toEqual([304, '']);
  });
});
