import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { PrismaClient } from '../../src/generated/prisma/client.ts';
import { isPostgres, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type HttpAnswer, type RunningServer, startServer } from './start.ts';

/** What comes in time is not a matter of these tests. */
const patiently = { timeout: 60_000 };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const json = { 'content-type': 'application/json' };
const post = (body: BodyInit, headers: Record<string, string> = json): RequestInit => ({ method: 'POST', headers, body });
const get = (query: string, more = '') => `/graphql?query=${encodeURIComponent(query)}${more}`;

let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await openTestDatabase();
  server = await startServer(database);
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

afterEach(() => {
  server.log.length = 0;
  database.statements.length = 0;
});

/** An answer that tells nothing of the inside. */
function expectDiscreet({ text, headers }: HttpAnswer): void {
  expect(text).not.toMatch(/\n {4}at |:\d+:\d+\)|node_modules|file:\/\/|\/(src|dist|home|tmp|root)\/|\bSELECT\b|prisma|postgres/i);
  expect(headers.get('x-request-id')).toMatch(uuid);
}

describe('a query', () => {
  it.each([
    ['posted as JSON', '/graphql', post('{"query":"{ __typename }"}')],
    ['posted with a charset', '/graphql', post('{"query":"{ __typename }"}', { 'content-type': 'application/json; charset=utf-8' })],
    ['in the URL', get('{ __typename }'), undefined],
    ['in the URL, with variables', get('query ($yes: Boolean!) { __typename @include(if: $yes) }', '&variables={"yes":true}'), undefined],
    ['with variables that are null', '/graphql', post('{"query":"{ __typename }","variables":null}')],
    [
      'with extensions, which are not looked at',
      '/graphql',
      post('{"query":"{ __typename }","extensions":{"clientLibrary":{"name":"x"},"persistedQuery":null}}'),
    ],
    ['by its name', '/graphql', post('{"query":"query A { a: __typename } query B { __typename }","operationName":"B"}')],
  ])('%s is answered', async (_name, path, init) => {
    const answer = await server.fetch(path, init);
    expect([answer.status, answer.text]).toEqual([200, '{"data":{"__typename":"Query"}}']);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expectDiscreet(answer);
  });

  it('reads the database', async () => {
    const answer = await server.ask('{ people { totalCount nodes { name } } }');
    expect([answer.status, answer.body]).toEqual([200, { data: { people: { totalCount: 0, nodes: [] } } }]);
    expect(database.statements.length).toBeGreaterThan(0);
  });

  it('is answered in the media type of GraphQL to who takes it, and then mistakes have a status of their own', async () => {
    const headers = { ...json, accept: 'application/graphql-response+json' };
    const good = await server.fetch('/graphql', post('{"query":"{ __typename }"}', headers));
    expect([good.status, good.headers.get('content-type')]).toEqual([200, 'application/graphql-response+json; charset=utf-8']);
    const wrong = await server.fetch('/graphql', post('{"query":"{ nothing }"}', headers));
    expect([wrong.status, wrong.codes]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
    const unfit = await server.fetch('/graphql', post('{"query":"query ($n: Int!) { people(first: $n) { totalCount } }"}', headers));
    expect([unfit.status, unfit.codes]).toEqual([400, ['BAD_REQUEST']]);
  });
});

describe('a wrong request', () => {
  const form = new FormData();
  form.set('operations', '{"query":"{ people { totalCount } }"}');
  form.set('map', '{}');
  const people = '{"query":"{ people { totalCount } }"}';
  const as = (type: string, body: BodyInit = people) => post(body, { 'content-type': type });

  it.each<[name: string, path: string, init: RequestInit | undefined, status: number, code: string, message: RegExp]>([
    ['a mutation in a URL', get('mutation { __typename }'), undefined, 405, 'BAD_REQUEST', /mutation operation from a POST request/],
    [
      'a subscription whose answer is not accepted',
      '/graphql',
      post('{"query":"subscription { recordChanged { id } }"}', { 'content-type': 'application/json', accept: 'application/json' }),
      406,
      'BAD_REQUEST',
      /text\/event-stream/,
    ],
    ['a body without a type', '/graphql', post(new TextEncoder().encode(people), {}), 415, 'BAD_REQUEST', /as JSON/],
    ['plain text', '/graphql', as('text/plain'), 415, 'BAD_REQUEST', /content-type: application\/json/],
    ['plain text that looks like JSON', '/graphql', as('text/plain;application/json'), 415, 'BAD_REQUEST', /as JSON/],
    ['a form', '/graphql', as('application/x-www-form-urlencoded', 'query={people{totalCount}}'), 415, 'BAD_REQUEST', /as JSON/],
    [
      'a form that looks like JSON',
      '/graphql',
      as('application/x-www-form-urlencoded,application/json', 'query={people{totalCount}}'),
      415,
      'BAD_REQUEST',
      /as JSON/,
    ],
    ['a multipart form', '/graphql', { method: 'POST', body: form }, 415, 'BAD_REQUEST', /as JSON/],
    ['bare GraphQL', '/graphql', as('application/graphql', '{ people { totalCount } }'), 415, 'BAD_REQUEST', /as JSON/],
    ['an unknown type', '/graphql', as('application/xml', '<query/>'), 415, 'BAD_REQUEST', /as JSON/],
    [
      'a compressed body',
      '/graphql',
      post(gzipSync(people), { ...json, 'content-encoding': 'gzip' }),
      415,
      'BAD_REQUEST',
      /without the header `content-encoding`/,
    ],
    ['an empty body', '/graphql', post(''), 400, 'BAD_REQUEST', /not JSON/],
    ['broken JSON', '/graphql', post('{"query": "{ people'), 400, 'BAD_REQUEST', /not JSON/],
    ['JSON with bytes that are no text', '/graphql', post(Buffer.from('7b2271756572792220fffe7d', 'hex')), 400, 'BAD_REQUEST', /not JSON/],
    ['null', '/graphql', post('null'), 400, 'BAD_REQUEST', /null/],
    ['a number', '/graphql', post('1'), 400, 'BAD_REQUEST', /number/],
    ['a string', '/graphql', post('"{ people { totalCount } }"'), 400, 'BAD_REQUEST', /string/],
    ['a batch', '/graphql', post(`[${people},${people}]`), 400, 'BAD_REQUEST', /Batching/],
    ['an empty batch', '/graphql', post('[]'), 400, 'BAD_REQUEST', /Batching/],
    ['no query', '/graphql', post('{}'), 400, 'BAD_REQUEST', /`query`/],
    ['a query that is null', '/graphql', post('{"query":null}'), 400, 'BAD_REQUEST', /`query`/],
    ['no query in the URL', '/graphql', undefined, 400, 'BAD_REQUEST', /`query`/],
    ['a query that is a number', '/graphql', post('{"query":1}'), 400, 'BAD_REQUEST', /string/],
    ['an unknown parameter', '/graphql', post('{"query":"{ __typename }","more":1}'), 400, 'BAD_REQUEST', /"more"/],
    ['variables in a list', '/graphql', post('{"query":"{ __typename }","variables":[1]}'), 400, 'BAD_REQUEST', /"variables"/],
    ['variables in a string', '/graphql', post('{"query":"{ __typename }","variables":"{}"}'), 400, 'BAD_REQUEST', /"variables"/],
    ['a number for variables', '/graphql', post('{"query":"{ __typename }","variables":1}'), 400, 'BAD_REQUEST', /"variables"/],
    ['true for variables', '/graphql', post('{"query":"{ __typename }","variables":true}'), 400, 'BAD_REQUEST', /"variables"/],
    ['broken variables in the URL', get('{ __typename }', '&variables={'), undefined, 400, 'BAD_REQUEST', /`variables`/],
    ['broken extensions in the URL', get('{ __typename }', '&extensions=x'), undefined, 400, 'BAD_REQUEST', /`extensions`/],
    ['extensions in a string', '/graphql', post('{"query":"{ __typename }","extensions":"x"}'), 400, 'BAD_REQUEST', /"extensions"/],
    [
      'an unknown operation',
      '/graphql',
      post('{"query":"query A { __typename }","operationName":"B"}'),
      400,
      'OPERATION_RESOLUTION_FAILURE',
      /what operation/,
    ],
    [
      'an operation’s name that is a number',
      '/graphql',
      post('{"query":"query A { __typename }","operationName":1}'),
      400,
      'OPERATION_RESOLUTION_FAILURE',
      /what operation/,
    ],
    [
      'two operations and no name',
      '/graphql',
      post('{"query":"query A { __typename } query B { __typename }"}'),
      400,
      'OPERATION_RESOLUTION_FAILURE',
      /what operation/,
    ],
    ['an empty query', '/graphql', post('{"query":""}'), 200, 'GRAPHQL_PARSE_FAILED', /^Syntax Error/],
    ['a mistake of syntax', '/graphql', post('{"query":"{ people( }"}'), 200, 'GRAPHQL_PARSE_FAILED', /^Syntax Error: Expected Name/],
    [
      'an unknown field',
      '/graphql',
      post('{"query":"{ peopl { totalCount } }"}'),
      200,
      'GRAPHQL_VALIDATION_FAILED',
      /Did you mean "people"\?/,
    ],
    [
      'an argument of another type',
      '/graphql',
      post('{"query":"{ people(first: \\"x\\") { totalCount } }"}'),
      200,
      'GRAPHQL_VALIDATION_FAILED',
      /Int cannot represent/,
    ],
    ['an unknown directive', '/graphql', post('{"query":"{ __typename @defer }"}'), 200, 'GRAPHQL_VALIDATION_FAILED', /@defer/],
    [
      'a missing variable',
      '/graphql',
      post('{"query":"query ($n: Int!) { people(first: $n) { totalCount } }"}'),
      200,
      'BAD_REQUEST',
      /"\$n" of required type/,
    ],
    [
      'a variable of another type',
      '/graphql',
      post('{"query":"query ($n: Int) { people(first: $n) { totalCount } }","variables":{"n":"x"}}'),
      200,
      'BAD_REQUEST',
      /"\$n" got invalid value/,
    ],
    ['another method', '/graphql', { method: 'PUT', headers: json, body: people }, 405, 'BAD_REQUEST', /only supports GET and POST/],
    ['deletion', '/graphql', { method: 'DELETE' }, 405, 'BAD_REQUEST', /only supports GET and POST/],
    ['an answer in XML', '/graphql', post(people, { ...json, accept: 'application/xml' }), 406, 'BAD_REQUEST', /`accept`/],
    ['an unknown path', '/nothing', undefined, 404, 'NOT_FOUND', /GraphQL is at \/graphql/],
    ['a path below', '/graphql/nothing', undefined, 404, 'NOT_FOUND', /GraphQL is at \/graphql/],
    ['a path in capitals', '/GRAPHQL', post(people), 404, 'NOT_FOUND', /GraphQL is at \/graphql/],
    ['a path that is taken for a host', '//graphql', undefined, 404, 'NOT_FOUND', /GraphQL is at \/graphql/],
    ['a path that leads out', '/../../etc/passwd', undefined, 404, 'NOT_FOUND', /GraphQL is at \/graphql/],
  ])('with %s is refused', async (_name, path, init, status, code, message) => {
    const answer = await server.fetch(path, init);
    expect([answer.status, answer.codes]).toEqual([status, [code]]);
    expect(answer.body.errors?.[0]?.message).toMatch(message);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expectDiscreet(answer);
    expect(database.statements).toEqual([]);
    expect(server.log.filter(({ level }) => level > 30)).toEqual([]);
  });

  it('gets no copy of its body', async () => {
    const { text, status } = await server.fetch('/graphql', post(`{"query": ${'"secret" '.repeat(20_000)}`));
    expect(status).toBe(400);
    expect(text).not.toContain('secret');
  });
});

describe('the pages of other sites', () => {
  const origin = 'https://other.example';

  it('get no permission', async () => {
    const answers = [
      await server.fetch('/graphql', post('{"query":"{ __typename }"}', { ...json, origin })),
      await server.fetch(get('{ __typename }'), { headers: { origin } }),
      await server.fetch('/graphql', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      }),
      await server.fetch('/health', { headers: { origin } }),
      await server.fetch('/nothing', { headers: { origin } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 405, 200, 404]);
    for (const { headers } of answers) expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it.each([
    ['text/plain', '{"query":"{ people { totalCount } }"}'],
    ['text/plain; charset=utf-8', '{"query":"{ people { totalCount } }"}'],
    ['application/x-www-form-urlencoded', 'query=%7B%20people%20%7B%20totalCount%20%7D%20%7D'],
    ['application/x-www-form-urlencoded;charset=UTF-8', 'query=%7B%20people%20%7B%20totalCount%20%7D%20%7D'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"{ people { totalCount } }"}\r\n--x--\r\n',
    ],
  ])('can’t have run what a browser sends without asking: %s', async (type, body) => {
    const { status } = await server.fetch('/graphql', post(body, { 'content-type': type, origin }));
    expect(status).toBe(415);
    expect(database.statements).toEqual([]);
  });
});

describe('the addresses beside GraphQL', () => {
  it.each(['/health', '/ready', '/health?verbose', '/ready?x=1'])('%s says that all is well', async (path) => {
    const answer = await server.fetch(path);
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([200, '{"status":"ok"}', 'application/json']);
    expectDiscreet(answer);
  });

  it('/ leads to GraphQL', async () => {
    const answer = await server.fetch('/');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/graphql']);
    expectDiscreet(answer);
  });

  it.each([
    ['/health', 200],
    ['/ready', 200],
    ['/', 302],
    ['/nothing', 404],
    ['/graphql', 400],
    ['/graphql?query={__typename}', 200],
    ['/graphql?query=mutation{__typename}', 405],
  ])('HEAD %s is %i, without a body', async (path, status) => {
    const answer = await server.fetch(path, { method: 'HEAD' });
    expect([answer.status, answer.text]).toEqual([status, '']);
    expectDiscreet(answer);
  });

  it('logs each request with its id, and never what was asked', async () => {
    const { headers } = await server.fetch(get('query Secretive { __typename }', '&variables={"name":"Secretive"}'));
    const lines = server.log.filter(({ msg }) => msg === 'request');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 30,
      requestId: headers.get('x-request-id'),
      method: 'GET',
      path: '/graphql',
      status: 200,
      finished: true,
    });
    expect(JSON.stringify(server.log)).not.toContain('Secretive');
  });
});

describe('a strange client', () => {
  const query = '/graphql?query=%7B__typename%7D';

  it.each(['[', 'a b', '%', 'x:99999', '"', '@', 'a/b', 'a?b', '#', 'xn--a', 'ü'])(
    'names the host %j and is answered as any other',
    async (host) => {
      const answer = await raw(`GET ${query} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(answer).toMatch(/\r\n\r\n\{"data":\{"__typename":"Query"\}\}$/);
    },
  );

  it.each([
    ['names a whole URL', `GET http://other.example${query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, 404],
    ['names no path', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 404],
    ['sends broken escapes', 'GET /graphql?query=%zz&variables=%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
    ['has an old protocol', `GET ${query} HTTP/1.0\r\n\r\n`, 200],
    ['wants another protocol', `GET ${query} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`, 200],
    ['says no HTTP', '\x16\x03\x01\r\n\r\n', 400],
    ['has a method of its own', 'FETCH /graphql HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['gives two lengths', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
  ])('%s', async (_name, request, status) => {
    const answer = await raw(request);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).not.toMatch(/\n {4}at |node_modules/);
  });

  it('sends a URL that is too long', async () => {
    const tooLong = await server.fetch(`${query}&more=${'x'.repeat(20_000)}`);
    expect([tooLong.status, tooLong.codes, tooLong.headers.get('cache-control')]).toEqual([431, ['BAD_REQUEST'], 'no-store']);
    expect(tooLong.body.errors).toEqual([{ message: expect.stringMatching(/16384 bytes.*POST\.$/), extensions: { code: 'BAD_REQUEST' } }]);
    expectDiscreet(tooLong);
    const long = await server.fetch(`/${'x'.repeat(12_000)}`);
    expect([long.status, long.codes]).toEqual([404, ['NOT_FOUND']]);
    expectDiscreet(long);
    expect((await server.ask('{ __typename }')).status).toBe(200);
  });

  it('goes away in the middle of its request, and harms nobody', async () => {
    await leave('POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"query":"{ peo');
    await leave('POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"que\r\n');
    await leave('GET /gra');
    const requests = () => server.log.filter(({ msg }) => msg === 'request');
    await expect.poll(() => requests().length, patiently).toBe(2);
    expect(requests().map(({ finished }) => finished)).toEqual([false, false]);
    expect((await server.ask('{ people { totalCount } }')).body).toEqual({ data: { people: { totalCount: 0 } } });
  });
});

describe('a client that does not wait for its answer', () => {
  it('harms nobody', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let asked = 0;
    const slow = await startServer({
      ...database,
      prisma: intercept(database.prisma, 'person', async (run) => {
        asked++;
        await released;
        return run();
      }),
    });
    const body = JSON.stringify({ query: '{ people { nodes { name } } }' });
    const socket = connect(Number(new URL(slow.origin).port), '127.0.0.1');
    socket.write(`POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await expect.poll(() => asked, patiently).toBe(1);
    socket.destroy();
    await expect.poll(() => slow.log.filter(({ finished }) => finished === false).length, patiently).toBe(1);
    release();
    expect((await slow.ask('{ people { nodes { name } } }')).body).toEqual({ data: { people: { nodes: [] } } });
    expect(slow.log.filter(({ level }) => level > 30)).toEqual([]);
    await slow.close();
  });
});

describe('an unexpected error', () => {
  const details = 'SELECT "password" FROM secrets at postgresql://verbatim:hunter2@db.internal/verbatim';

  it('is masked, and logged under the id that the answer names', async () => {
    const broken = await startServer({
      ...database,
      prisma: intercept(database.prisma, 'person', async () => {
        throw new Error(details);
      }),
    });
    const answer = await broken.ask('{ people { nodes { name } } places { totalCount } }');
    expectDiscreet(answer);
    expect(answer.text).not.toMatch(/hunter2|secrets|db\.internal/);
    const error = answer.body.errors?.[0];
    expect(answer.codes).toEqual(['INTERNAL_ERROR']);
    expect(error).toMatchObject({ path: ['people'], extensions: { errorId: expect.stringMatching(uuid) } });
    expect(error?.message).toContain(error?.extensions?.errorId);
    const logged = broken.log.filter(({ level }) => level === 50);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({
      errorId: error?.extensions?.errorId,
      requestId: answer.headers.get('x-request-id'),
      path: ['people'],
      err: { message: details, stack: expect.stringContaining('http.test.ts') },
    });
    await broken.close();
  });

  it('has an id for each field that it struck', async () => {
    const broken = await startServer({
      ...database,
      prisma: intercept(database.prisma, 'person', () => Promise.reject('not even an error')),
    });
    const id = Buffer.from('Person:00000000-0000-7000-8000-000000000000').toString('base64url');
    const answer = await broken.ask(
      `{ a: person(by: { id: "${id}" }) { name } b: person(by: { id: "${id}" }) { name } c: person(by: { id: "x" }) { name } }`,
    );
    expect(answer.codes.sort()).toEqual(['INTERNAL_ERROR', 'INTERNAL_ERROR', 'INVALID_ID']);
    expect(answer.body.data).toEqual({ a: null, b: null, c: null });
    const named = answer.body.errors?.flatMap(({ extensions }) => extensions?.errorId ?? []);
    expect(new Set(named).size).toBe(2);
    expect(broken.log.filter(({ level }) => level === 50).map(({ errorId }) => errorId)).toEqual(named);
    await broken.close();
  });

  it('is one when the schema can’t express what the database holds', async () => {
    const broken = await startServer({
      ...database,
      prisma: intercept(database.prisma, 'person', async () => 2 ** 40, 'count'),
    });
    const answer = await broken.ask('{ people { totalCount } }');
    expect(answer.codes).toEqual(['INTERNAL_ERROR']);
    expect(answer.text).not.toContain(String(2 ** 40));
    await broken.close();
  });
});

describe('a database that is gone', () => {
  const password = isPostgres ? new URL((inject('template') as { url: string }).url).password : '';

  function expectNoSecret(...texts: string[]): void {
    for (const text of texts) expect(password !== '' && text.includes(password)).toBe(false);
  }

  it('makes the server not ready, and its errors keep the secret of the connection', async () => {
    const gone = await openTestDatabase();
    const orphan = await startServer(gone);
    expect((await orphan.fetch('/ready')).status).toBe(200);
    await gone.close();
    const ready = await orphan.fetch('/ready');
    expect([ready.status, ready.text]).toEqual([503, '{"status":"the database does not answer"}']);
    expectDiscreet(ready);
    expect((await orphan.fetch('/health')).status).toBe(200);
    const answer = await orphan.ask('{ people { nodes { name } } }');
    expect([answer.codes, answer.body.data]).toEqual([['INTERNAL_ERROR'], null]);
    expectDiscreet(answer);
    expect((await orphan.ask('{ __typename }')).status).toBe(200);
    expectNoSecret(JSON.stringify(orphan.log), answer.text, ready.text);
    await orphan.close();
  });

  it.runIf(isPostgres)('is used again when it is back', async () => {
    const ended = await openTestDatabase();
    const patient = await startServer(ended);
    expect((await patient.ask('{ people { totalCount } }')).body).toEqual({ data: { people: { totalCount: 0 } } });
    const [named] = await ended.raw('SELECT current_database() AS name');
    await database.raw(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${named?.name}'`);
    await expect
      .poll(async () => (await patient.ask('{ people { totalCount } }')).body, patiently)
      .toEqual({ data: { people: { totalCount: 0 } } });
    expect((await patient.fetch('/ready')).status).toBe(200);
    expectNoSecret(JSON.stringify(patient.log));
    await patient.close();
    await ended.close();
  });
});

/** The client, with the reads of one model put through a function. */
function intercept(
  prisma: PrismaClient,
  model: 'person',
  read: (run: () => Promise<unknown>) => Promise<unknown>,
  method = 'findMany',
): PrismaClient {
  const delegate = new Proxy(prisma[model], {
    get: (target, name) => {
      const own = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      return name === method ? (...args: unknown[]) => read(() => own.apply(target, args)) : own;
    },
  });
  return new Proxy(prisma, { get: (target, name) => (name === model ? delegate : Reflect.get(target, name)) });
}

/** Sends bytes as they are, and gives all that comes back. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1', () => socket.write(text));
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });
}

/** Sends bytes as they are, and goes away when they are there. */
function leave(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1', () =>
      socket.write(text, () => setTimeout(() => socket.destroy(), 50)),
    );
    socket.on('error', reject);
    socket.on('close', () => resolve());
  });
}
