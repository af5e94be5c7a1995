import { createHash, createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DocumentNode, execute, GraphQLError, getIntrospectionQuery } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/auth/write.ts';
import { type Config, type Limits, readConfig } from '../../src/config.ts';
import { Documents } from '../../src/operation/documents.ts';
import type { Execute } from '../../src/operation/operations.ts';
import { schema } from '../../src/schema.ts';
import { temporaryFolder } from '../process/program.ts';
import { Random, rounds, seed } from '../support/chance.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { converse, exchange, type Sent } from './exchange.ts';
import { type RunningServer, type ServerDatabase, startServer } from './start.ts';

// The ordinary request is answered without Yoga, and nobody can tell: each case is asked of two servers that differ
// in that alone.

interface Pair {
  lean: RunningServer;
  yoga: RunningServer;
}

let database: TestDatabase;
let folder: { path: string; remove(): Promise<void> };
const pairs: Record<string, Pair> = {};
const tokens: Record<string, string> = {};

const desk = 'https://desk.example.org';
const secret = 'the gateway knows it, nobody else';
const json = { 'content-type': 'application/json' };
const count = '{ people { totalCount } }';
const named = 'query Named($first: Int) { people(first: $first) { nodes { name } } }';
const hash = (text: string, algorithm = 'sha256') => createHash(algorithm).update(text).digest('hex');
const times = (number: number, part: (i: number) => string) => Array.from({ length: number }, (_, i) => part(i)).join(' ');
const introspection = getIntrospectionQuery();

async function pair(name: string, more: Partial<Config> = {}, limits: Partial<Limits> = {}, on: ServerDatabase = database) {
  const start = (leanPath: boolean) => startServer(on, limits, { ...more, leanPath });
  pairs[name] = { lean: await start(true), yoga: await start(false) };
}

beforeAll(async () => {
  database = await openTestDatabase();
  folder = await temporaryFolder();
  for (const [name, status] of [
    ['Ana Lima', 'PUBLISHED'],
    ['Nobody yet', 'DRAFT'],
  ] as const) {
    await database.prisma.person.create({ data: { name, sortName: name, status } });
  }
  for (const role of ['READER', 'EDITOR'] as const) {
    tokens[role] = (await createToken(database.prisma, { name: role.toLowerCase(), role }, null)).secret;
  }
  const persistedDocuments = join(folder.path, 'documents.json');
  await writeFile(persistedDocuments, JSON.stringify({ [hash(count)]: count, [hash(named, 'md5')]: named }));
  const delegates: Record<string, object> = {
    person: { findMany: () => new Promise(() => {}) },
    place: { findMany: () => Promise.reject(new Error('hunter2')) },
    event: { findMany: () => Promise.reject('not even an error') },
  };
  const prisma = new Proxy(database.prisma, { get: (target, name) => delegates[String(name)] ?? Reflect.get(target, name) });
  await pair('open');
  await pair('closed', {
    readWithoutToken: false,
    oidc: { issuer: 'http://127.0.0.1:1', audience: 'v', jwksUrl: undefined, roleClaim: 'role' },
  });
  await pair('broken', {}, readConfig({ LIMIT_TIMEOUT_MS: '50' }).limits, { ...database, prisma });
  await pair('small', {}, { bodyBytes: 2_000, importBytes: 4_000, tokens: 100, subscriptions: 0 });
  await pair('brief', {}, { subscriptionMs: 1 });
  await pair('cors', { corsOrigins: [desk] });
  await pair('anywhere', { corsOrigins: '*' });
  await pair('persisted', { persistedDocuments });
  await pair('strict', { persistedDocuments, persistedDocumentsOnly: true });
  await pair('gateway', { gateway: { secret, only: false } });
  await pair('gatewayOnly', { gateway: { secret, only: true } });
});

afterAll(async () => {
  await Promise.all(Object.values(pairs).flatMap(({ lean, yoga }) => [lean.close(), yoga.close()]));
  await database?.close();
  await folder?.remove();
});

afterEach(() => {
  for (const { lean, yoga } of Object.values(pairs)) lean.log.length = yoga.log.length = 0;
});

/** What both answer to a request, once it is found to be the same. */
async function both(on: string, sent: Sent, hint = JSON.stringify(sent)) {
  const { lean, yoga } = pairs[on] as Pair;
  const [got, expected] = [await exchange(lean, sent), await exchange(yoga, sent)];
  expect(got, hint).toEqual(expected);
  expect(got.headers.identified).toBe(true);
  return got;
}

/** Whether the last request took the lean path, and that the other server has none. */
async function wasLean(on: string): Promise<unknown> {
  const { lean, yoga } = pairs[on] as Pair;
  const last = async ({ log }: RunningServer) => {
    await expect.poll(() => log.some(({ msg }) => msg === 'request'), { timeout: 60_000 }).toBe(true);
    return log.findLast(({ msg }) => msg === 'request');
  };
  const [one, other] = [await last(lean), await last(yoga)];
  expect(other?.lean).toBe(false);
  const told = ({ method, path, status, finished }: Record<string, unknown> = {}) => ({ method, path, status, finished });
  expect(told(one)).toEqual(told(other));
  return one?.lean;
}

const ask = (query: unknown, more: object = {}, headers: Record<string, string> = {}): Sent => ({
  headers: { ...json, ...headers },
  body: JSON.stringify({ query, ...more }),
});
const as =
  (role: string, query: string, more: object = {}) =>
  () =>
    ask(query, more, { authorization: `Bearer ${tokens[role]}` });
const accept = (header: string, query = count) => ask(query, {}, { accept: header });
const takes = (encodings: string, query = introspection) => ask(query, {}, { 'accept-encoding': encodings });
const of = (body: Sent['body'], headers: Record<string, string> = {}): Sent => ({ headers: { ...json, ...headers }, body });
const good = JSON.stringify({ query: count });

type Case = [on: string, sent: Sent | (() => Sent), status: number];

/** What is ordinary, whatever is wrong with it. */
const ordinary: Record<string, Case> = {
  'a query': ['open', ask(count), 200],
  'a query with a charset': ['open', ask(count, {}, { 'content-type': 'application/json; charset=utf-8' }), 200],
  'an answer of more than a packet': ['open', ask(introspection), 200],
  'a query with all there can be': [
    'open',
    ask(named, { variables: { first: 1 }, operationName: 'Named', extensions: { x: { y: 1 } } }),
    200,
  ],
  nulls: ['open', ask(count, { variables: null, operationName: null, extensions: null }), 200],
  'the name of an operation': ['open', ask('query A { a: __typename } query B { b: __typename }', { operationName: 'B' }), 200],
  'an unknown operation': ['open', ask('query A { __typename }', { operationName: 'B' }), 400],
  'an empty name': ['open', ask('query A { __typename }', { operationName: '' }), 400],
  'a name that is a number': ['open', ask('query A { __typename }', { operationName: 1 }), 400],
  'two operations and no name': ['open', ask('query A { __typename } query B { __typename }'), 400],
  fragments: ['open', ask('fragment F on Query { __typename }'), 400],
  'introspection of a field': ['open', ask('{ __type(name: "Query") { name } }'), 200],
  'a mistake of syntax': ['open', ask('{ people( }'), 200],
  'an unknown field': ['open', ask('{ peopl { totalCount } }'), 200],
  'what a scalar refuses': ['open', ask('{ events(where: { date: { overlaps: "x" } }) { totalCount } }'), 200],
  'many mistakes': ['open', ask(`{ ${times(300, (i) => `x${i}`)} }`), 200],
  'a variable that is missing': ['open', ask('query ($n: Int!) { people(first: $n) { totalCount } }'), 200],
  'a variable of another type': ['open', ask('query ($n: Int) { people(first: $n) { totalCount } }', { variables: { n: 'x' } }), 200],
  'an error in a field': ['open', ask('{ people { totalCount } node(id: "x") { id } }'), 200],
  'an error that goes up to the data': ['open', ask('{ people(first: -1) { totalCount } }'), 200],
  'what only members see': ['open', ask('{ tokens { totalCount } }'), 200],
  'an empty query': ['open', ask(''), 200],
  'no query': ['open', of('{}'), 400],
  'a query that is null': ['open', ask(null), 400],
  'a query that is a number': ['open', ask(1), 400],
  'an unknown parameter': ['open', ask(count, { more: 1 }), 400],
  'an unknown parameter that is null': ['open', ask(count, { more: null }), 200],
  'a parameter that is in all objects': ['open', of(`{"query":"${count}","__proto__":{"x":1},"constructor":1}`), 400],
  'variables in a list': ['open', ask(count, { variables: [] }), 400],
  'variables in a string': ['open', ask(count, { variables: '{}' }), 400],
  'extensions in a string': ['open', ask(count, { extensions: 'x' }), 400],
  'an empty body': ['open', of(''), 400],
  'no body at all': ['open', { headers: json }, 400],
  'broken JSON': ['open', of('{"query":'), 400],
  'bytes that are no text': ['open', of(Buffer.from('7b2271756572792220fffe7d', 'hex')), 400],
  'bytes that are no text in a string': [
    'open',
    of(Buffer.concat([Buffer.from('{"query":"{ __typename } #'), Buffer.from([0xff, 0xc3]), Buffer.from('"}')])),
    200,
  ],
  'a byte order mark': ['open', of(`\ufeff${good}`), 400],
  'another encoding': ['open', of(Buffer.from(good, 'utf16le')), 400],
  'null as a body': ['open', of('null'), 400],
  'a number as a body': ['open', of('1'), 400],
  'a string as a body': ['open', of('"x"'), 400],
  'a batch': ['open', of(`[${good},${good}]`), 400],
  'an empty batch': ['open', of('[]'), 400],
  'a body in chunks': ['open', of([good.slice(0, 5), good.slice(5, 9), good.slice(9)]), 200],
  'chunks that part a character': [
    'open',
    of([Buffer.from('{"query":"{ __typename } # é').subarray(0, -1), Buffer.from([0xa9]), '"}']),
    200,
  ],
  'the media type of GraphQL': ['open', accept('application/graphql-response+json'), 200],
  'the media type of GraphQL, and a mistake': ['open', accept('application/graphql-response+json', '{ nothing }'), 400],
  'the media type of GraphQL, and a wrong variable': [
    'open',
    ask(named, { variables: { first: 'x' } }, { accept: 'application/graphql-response+json' }),
    400,
  ],
  'the media types as Apollo sends them': ['open', accept('application/graphql-response+json,application/json;q=0.9', '{ nothing }'), 400],
  'the media types the other way round': ['open', accept('application/json, application/graphql-response+json', '{ nothing }'), 200],
  'the media types as urql sends them': [
    'open',
    accept(
      'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
      '{ nothing }',
    ),
    400,
  ],
  'any media type': ['open', accept('*/*'), 200],
  'any media type of a kind': ['open', accept('text/html, application/*'), 200],
  'a media type in capitals': ['open', accept('Application/JSON'), 200],
  'another charset, or any': ['open', accept('application/graphql-response+json; charset=utf-16, */*;q=0.1', '{ nothing }'), 200],
  'an empty header `accept`': ['open', accept(''), 200],
  Brotli: ['open', takes('br, gzip'), 200],
  gzip: ['open', takes('gzip'), 200],
  'gzip by its weight': ['open', takes('gzip;q=1, br;q=0'), 200],
  deflate: ['open', takes('deflate'), 200],
  'any encoding': ['open', takes('*'), 200],
  'no encoding': ['open', takes('identity'), 200],
  'an unknown encoding': ['open', takes('zstd'), 200],
  'no encoding at all': ['open', takes('identity;q=0'), 200],
  'an empty header `accept-encoding`': ['open', takes(''), 200],
  'a small answer to who takes gzip': ['open', takes('gzip', count), 200],
  'a header that is long': ['open', ask(count, {}, { 'x-more': 'x'.repeat(10_000) }), 200],
  'an id of the client’s own': ['open', ask(count, {}, { 'x-request-id': 'mine' }), 200],
  'a query that gives up caches': ['open', ask(count, {}, { 'if-none-match': '*', 'cache-control': 'no-transform' }), 200],
  'an origin that nobody allowed': ['open', ask(count, {}, { origin: desk }), 200],
  'a token': ['open', as('READER', '{ viewer { account role } }'), 200],
  'a token of an editor': ['open', as('EDITOR', count), 200],
  'a wrong token': ['open', ask(count, {}, { authorization: 'Bearer vbt_none' }), 401],
  'a wrong token, and no JSON': ['open', of('x', { authorization: 'Bearer vbt_none' }), 401],
  'what is no token': ['open', ask(count, {}, { authorization: 'Basic x' }), 401],
  'a mutation': [
    'open',
    as('EDITOR', 'mutation ($name: String!) { createPlace(input: { name: $name, kind: CITY }) { record { name } errors { code } } }', {
      variables: { name: 'Erbil' },
    }),
    200,
  ],
  'a mutation of a reader': ['open', as('READER', 'mutation { createPlace(input: { name: "x", kind: CITY }) { record { name } } }'), 200],
  'no token where one is needed': ['closed', ask(count), 401],
  'no token where one is needed, and the media type of GraphQL': ['closed', accept('application/graphql-response+json'), 401],
  'a token where one is needed': ['closed', as('READER', count), 200],
  'a provider that is away': [
    'closed',
    ask(count, {}, { authorization: `Bearer ${Buffer.from('{"alg":"ES256"}').toString('base64url')}.e30.x` }),
    503,
  ],
  'a defect': ['broken', ask('{ places { nodes { name } } }'), 200],
  'what was thrown and is no error': ['broken', ask('{ events { nodes { date } } places { nodes { name } } __typename }'), 200],
  'a query that takes too long': ['broken', ask('{ people { nodes { name } } }'), 503],
  'a body that is too large': ['small', ask(`{ __typename } #${'x'.repeat(2_000)}`), 413],
  'a body in chunks that is too large': ['small', of(Array.from({ length: 30 }, () => ' '.repeat(100))), 413],
  'a body that is not too large for an editor': ['small', as('EDITOR', `{ __typename } #${'x'.repeat(2_000)}`), 200],
  'a body that is too large for an editor, too': ['small', as('EDITOR', `{ __typename } #${'x'.repeat(4_000)}`), 413],
  'too many tokens': ['small', ask(`{ ${times(100, () => '__typename')} }`), 400],
  'too many levels': ['open', ask(`{ places { nodes { ${'parent { '.repeat(10)}id ${'} '.repeat(10)}} } }`), 400],
  'too many aliases': ['open', ask(`{ ${times(31, (i) => `a${i}: __typename`)} }`), 400],
  'too many fields of the root': ['open', ask(`{ ${times(21, (i) => `a${i}: __typename`)} }`), 400],
  'too many records': ['open', ask('{ people(first: 100) { nodes { statements(first: 100) { totalCount } } } }'), 400],
  'too many records by a variable': [
    'open',
    ask('query ($n: Int) { people(first: 100) { nodes { statements(first: $n) { totalCount } } } }', { variables: { n: 100 } }),
    400,
  ],
  'too many representations': [
    'open',
    ask('query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }', {
      variables: { of: Array(1_001).fill({ __typename: 'Person' }) },
    }),
    400,
  ],
  'too deep an input': ['open', ask(`{ people(where: ${'{ not: '.repeat(21)}{}${' }'.repeat(21)}) { totalCount } }`), 400],
  'too many values': ['open', ask('{ __typename }', { variables: { list: Array(2_000).fill(1) } }), 400],
  'a text that can’t be kept': ['open', ask('{ search(query: "\\u0000") { totalCount } }'), 400],
  'a subscription that is not accepted': ['open', accept('application/json', 'subscription { recordChanged { id } }'), 406],
  'a subscription that asks too much': [
    'open',
    accept('*/*', `subscription { recordChanged { ${times(31, (i) => `a${i}: __typename`)} } }`),
    400,
  ],
  'a subscription that has no place': ['small', accept('*/*', 'subscription { recordChanged { id } }'), 503],
  'a subscription': ['brief', ask('subscription { recordChanged { id } }'), 200],
  'a subscription in chunks': ['brief', of(['{"query":"subscription { record', 'Changed { id } }"}']), 200],
  'a subscription that takes gzip': ['brief', takes('gzip', 'subscription { recordChanged { id } }'), 200],
  'a subscription that is no GraphQL': ['open', ask('subscription { nothing }'), 200],
  'a page that may ask': ['cors', ask(count, {}, { origin: desk }), 200],
  'a page that may ask for a subscription': ['cors', ask('subscription { nothing }', {}, { origin: desk }), 200],
  'a page that may not': ['cors', ask(count, {}, { origin: 'https://other.example' }), 200],
  'no page, where some may ask': ['cors', takes('gzip'), 200],
  'a page, where all may ask': ['anywhere', ask(count, {}, { origin: desk }), 200],
  'no page, where all may ask': ['anywhere', ask('{'), 200],
  'a document by its id': ['persisted', of(JSON.stringify({ documentId: `sha256:${hash(count)}` })), 200],
  'a document by the id of Relay': ['persisted', of(JSON.stringify({ id: hash(named, 'md5'), variables: { first: 1 } })), 200],
  'a document by the other id of Relay': ['persisted', of(JSON.stringify({ doc_id: hash(count) })), 200],
  'a document by Apollo’s hash': [
    'persisted',
    of(JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: hash(count) } } })),
    200,
  ],
  'a document and its id': ['persisted', ask(count, { documentId: hash(count) }), 200],
  'a document and the id of another': ['persisted', ask(count, { documentId: hash(named) }), 400],
  'an unknown document': ['persisted', of(JSON.stringify({ documentId: 'x' })), 200],
  'an unknown document, and the media type of GraphQL': [
    'persisted',
    of(JSON.stringify({ documentId: 'x' }), { accept: 'application/graphql-response+json' }),
    400,
  ],
  'an unknown document by Apollo’s hash': [
    'persisted',
    of(JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } })),
    200,
  ],
  'an id that is a number': ['persisted', of(JSON.stringify({ documentId: 1 })), 400],
  'another document in strict mode': ['strict', ask('{ __typename }'), 200],
  'a document in strict mode, as a text': ['strict', ask(count), 200],
  'a document in strict mode, by its id': ['strict', of(JSON.stringify({ documentId: hash(count) })), 200],
  'what is for gateways': ['gateway', ask('{ _service { sdl } }'), 403],
  'what is for gateways, with the secret': [
    'gateway',
    ask('{ _service { __typename } }', {}, { 'gateway-authorization': `Bearer ${secret}` }),
    200,
  ],
  'what is for gateways, with another secret': ['gateway', ask(count, {}, { 'gateway-authorization': 'Bearer x' }), 403],
  'what is signed': [
    'gateway',
    ask('{ _service { __typename } }', {
      extensions: {
        'hmac-signature': createHmac('sha256', secret)
          .update(JSON.stringify({ query: '{ _service { __typename } }' }))
          .digest('base64'),
      },
    }),
    200,
  ],
  'what is signed wrongly': ['gateway', ask(count, { extensions: { 'hmac-signature': 'x' } }), 403],
  'what nobody but the gateway may ask': ['gatewayOnly', ask('{'), 403],
};

/** What is for Yoga to answer. */
const unusual: Record<string, Case> = {
  'a query in the URL': ['open', { method: 'GET', path: `/graphql?query=${encodeURIComponent(count)}` }, 200],
  'a query in the URL of a body': ['open', { ...ask(count), path: '/graphql?query={nothing}' }, 200],
  HEAD: ['open', { method: 'HEAD', path: '/graphql?query={__typename}' }, 200],
  PUT: ['open', { ...ask(count), method: 'PUT' }, 405],
  'a preflight': ['cors', { method: 'OPTIONS', headers: { origin: desk, 'access-control-request-method': 'POST' } }, 204],
  'the playground': ['open', { method: 'GET', headers: { accept: 'text/html' } }, 200],
  events: ['open', accept('text/event-stream'), 200],
  'what is not accepted': ['open', accept('application/xml'), 406],
  'a compressed body': ['open', of(good, { 'content-encoding': 'gzip' }), 415],
  'another encoding by its name': ['open', of(good, { 'content-encoding': 'identity' }), 200],
  'another charset': ['open', of(good, { 'content-type': 'application/json; charset=utf-16' }), 200],
  'two types': ['open', of(good, { 'content-type': 'application/json, text/plain' }), 200],
  'plain text': ['open', of(good, { 'content-type': 'text/plain' }), 415],
  'a form': ['open', of('query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }), 415],
  'no type': ['open', { headers: {}, body: good }, 415],
  'a type of a similar name': ['open', of(good, { 'content-type': 'application/jsonx' }), 415],
};

describe.each([
  ['on the lean path', ordinary, true],
  ['by Yoga', unusual, false],
] as const)('answered %s, and the same by Yoga alone, is', (_name, cases, lean) => {
  it.each(Object.entries(cases))('%s', async (_case, [on, sent, status]) => {
    const got = await both(on, typeof sent === 'function' ? sent() : sent);
    expect(got.status, got.text).toBe(status);
    // What was handed on was looked at, and not answered.
    expect(await wasLean(on)).toBe(lean);
    const noted = ({ log }: RunningServer) =>
      log
        .filter(({ level }) => level > 30)
        .map(({ level, msg, err, path, requestId, errorId }) => [
          level,
          msg,
          (err as Error | undefined)?.message,
          path,
          typeof requestId,
          typeof errorId,
        ]);
    const { lean: one, yoga: other } = pairs[on] as Pair;
    expect(noted(one)).toEqual(noted(other));
    if (_case === 'a defect') expect(noted(one)).toEqual([[50, 'unexpected error', 'hunter2', ['places'], 'string', 'string']]);
  });
});

describe('a connection', () => {
  const head = (more: string) => `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${more}\r\n`;
  const whole = (more = '') => `${head(`${more}Content-Length: ${good.length}\r\n`)}${good}`;
  const last = whole('Connection: close\r\n');

  it.each([
    ['is used again', whole() + last],
    ['is used again after a mistake', `${head('Content-Length: 1\r\n')}x${last}`],
    ['is used again after a body that was too large', `${head('Content-Length: 5000\r\n')}${' '.repeat(5_000)}${last}`],
    [
      'is used again after a body in chunks that was too large',
      `${head('Transfer-Encoding: chunked\r\n')}${'3e8\r\n'}${' '.repeat(1_000)}\r\n`.concat(
        `3e8\r\n${' '.repeat(1_000)}\r\n`.repeat(3),
        '0\r\n\r\n',
        last,
      ),
    ],
    ['waits for permission to go on', whole('Connection: close\r\nExpect: 100-continue\r\n')],
    ['has what it expects refused', whole('Connection: close\r\nExpect: more\r\n')],
    ['has an old protocol', `POST /graphql HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: ${good.length}\r\n\r\n${good}`],
    ['offers another protocol', whole('Connection: Upgrade, close\r\nUpgrade: h2c\r\n')],
    ['brings two lengths', head('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n')],
    ['brings a length that is none', head('Content-Length: x\r\n')],
    ['brings two types', whole('Content-Type: text/plain\r\nConnection: close\r\n')],
    ['brings its token twice', whole('Authorization: Bearer vbt_x\r\nAuthorization: Basic y\r\nConnection: close\r\n')],
    ['accepts this, and in another header that', whole('Accept: text/html\r\nAccept: application/json\r\nConnection: close\r\n')],
  ])('%s in the same way', async (_name, bytes) => {
    const { lean, yoga } = pairs.small as Pair;
    const [got, expected] = [await converse(lean, bytes), await converse(yoga, bytes)];
    expect(got).toEqual(expected);
    expect(got.some((line) => line.startsWith('HTTP/1.1 '))).toBe(true);
  });
});

describe('a random request', () => {
  const bodies = [
    ask(named, { variables: { first: 1 }, operationName: 'Named' }),
    ask('query ($w: PersonFilter) { people(where: $w, first: 2) { totalCount nodes { id name } } }', {
      variables: { w: { name: { in: ['Ana Lima', 'é'] } } },
    }),
    ask('{ a: __typename node(id: "UGVyc29uOng") { id } }'),
    ask('query A { __typename } query B { people(first: 1) { edges { cursor node { name } } } }', { operationName: 'B', extensions: {} }),
    ask('mutation { createPlace(input: { name: "x", kind: CITY }) { record { name } errors { code } } }'),
  ].map(({ body }) => Buffer.from(body as string));
  const headers: Record<string, readonly string[]> = {
    'content-type': [
      'application/json',
      'application/json',
      'application/json; charset=utf-8',
      'application/json;charset=UTF-8',
      'application/json;x',
      'text/plain',
      'Application/json',
      'application/graphql+json',
      '',
    ],
    accept: [
      '*/*',
      'application/json',
      'application/graphql-response+json',
      'application/graphql-response+json, */*;q=0.1',
      'application/json;q=0',
      'text/html',
      ',',
      'a/b,application/*',
      '*',
      'application/json;charset=UTF-8',
      'multipart/mixed, application/json',
    ],
    'accept-encoding': ['gzip', 'br', 'gzip;q=0', '*;q=0', 'identity', 'x'],
    'content-encoding': ['identity', 'gzip', ''],
    authorization: ['', 'Bearer', 'Bearer vbt_x', 'x'],
    'gateway-authorization': [`Bearer ${secret}`, 'x'],
    origin: [desk, 'null', ''],
    'cache-control': ['no-transform', 'no-cache'],
  };

  function sentFor(random: Random): Sent {
    let body = Buffer.from(random.pick(bodies));
    for (let i = random.below(4); i > 0; i--) {
      const at = random.below(body.length + 1);
      const piece = random.pick([
        Buffer.from([random.below(256)]),
        Buffer.from(random.pick(['"', '{', '}', '\\', ',null', '\\u0000', 'é', '[', ' ', '0'])),
      ]);
      const cut = random.pick([0, 0, 1, 1, 5]);
      body = Buffer.concat([
        body.subarray(0, at),
        random.chance(0.5) ? piece : Buffer.alloc(0),
        body.subarray(Math.min(body.length, at + cut)),
      ]);
    }
    const chosen: Record<string, string> = random.chance(0.9) ? { ...json } : {};
    for (const [name, values] of Object.entries(headers)) if (random.chance(0.15)) chosen[name] = random.pick(values);
    const middle = random.below(body.length + 1);
    return {
      headers: chosen,
      body: random.chance(0.2) ? [body.subarray(0, middle), body.subarray(middle)].filter(({ length }) => length > 0) : body,
    };
  }

  it('is answered the same', { timeout: 120_000 }, async () => {
    const statuses = new Map<number | undefined, number>();
    for (let round = 0; round < rounds(400); round++) {
      const random = new Random(seed + round);
      const sent = sentFor(random);
      const on = random.pick(['open', 'cors', 'gateway', 'persisted', 'closed']);
      const hint = `VERBATIM_SEED=${seed + round} ${on} ${JSON.stringify(sent.headers)} ${String(sent.body)}`;
      const { status } = await both(on, sent, hint);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    // Of each kind some.
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 406, 415]));
    const taken = Object.values(pairs).flatMap(({ lean }) => lean.log.filter(({ msg }) => msg === 'request').map((line) => line.lean));
    expect(taken.filter(Boolean).length).toBeGreaterThan(rounds(400) / 3);
  });
});

describe('an executor that', () => {
  it.each<[string, Execute, number, string[]]>([
    [
      'throws',
      () => {
        throw new Error('hunter2');
      },
      500,
      ['INTERNAL_ERROR'],
    ],
    ['fails', () => Promise.reject(new Error('hunter2')), 500, ['INTERNAL_ERROR']],
    [
      'fails in several ways',
      () => Promise.reject(new AggregateError([new Error('a'), new Error('hunter2')])),
      500,
      ['INTERNAL_ERROR', 'INTERNAL_ERROR'],
    ],
    ['gives what is no JSON', () => ({ data: { number: 1n } }), 500, ['INTERNAL_ERROR']],
    [
      'gives data with an error',
      () => ({ data: { a: 1 }, errors: [new GraphQLError('x', { path: ['a'], originalError: new Error('hunter2') })] }),
      200,
      ['INTERNAL_ERROR'],
    ],
    ['gives an error without data', () => ({ errors: [new GraphQLError('x')] }), 400, ['BAD_REQUEST']],
  ])('%s does so on both paths', async (_name, run, status, codes) => {
    for (const leanPath of [true, false]) {
      const server = await startServer(database, {}, { leanPath }, run);
      const answer = await server.ask(count);
      expect([answer.status, answer.codes], String(leanPath)).toEqual([status, codes]);
      expect(answer.text).not.toContain('hunter2');
      expect(server.log.filter(({ level }) => level === 50)).toHaveLength(codes.filter((code) => code === 'INTERNAL_ERROR').length);
      await server.close();
    }
  });
});

describe('a document', () => {
  it('is the same object to whatever executes it, on each path, as long as its text is the same', async () => {
    const seen: DocumentNode[] = [];
    const server = await startServer(database, {}, {}, (args) => {
      seen.push(args.document);
      return execute(args);
    });
    await server.ask(count);
    await server.fetch(`/graphql?query=${encodeURIComponent(count)}`);
    await server.ask(count);
    await server.ask(`${count} `);
    await server.close();
    expect(seen).toHaveLength(4);
    expect([seen[1] === seen[0], seen[2] === seen[0], seen[3] === seen[0]]).toEqual([true, true, false]);
  });

  const limits = { tokens: 1_000 };
  const ofNumber = (i: number, more = '') => `{ a${i}: __typename } ${more}`;
  const take = (documents: Documents, text: string) => {
    const document = documents.parse(text);
    return { document, errors: documents.validate(document) };
  };

  it('is kept with others up to a number of them, those that are asked for longest', () => {
    const documents = new Documents(schema, limits, { documents: 100, bytes: 1e9 });
    const { document } = take(documents, ofNumber(5_000));
    for (let i = 0; i < 1_000; i++) {
      take(documents, ofNumber(i));
      if (i % 20 === 0) expect(take(documents, ofNumber(5_000)).document).toBe(document);
      expect(documents.kept.documents).toBeLessThanOrEqual(100);
    }
    expect(documents.kept.documents).toBeGreaterThan(50);
    expect(documents.parse(ofNumber(999))).toBe(documents.parse(ofNumber(999)));
    expect(documents.parse(ofNumber(1))).not.toBe(documents.parse(ofNumber(1)));
  });

  it('is kept with others up to their bytes, and not at all when it is too large', () => {
    const documents = new Documents(schema, limits, { documents: 1_000, bytes: 100_000 });
    for (let i = 0; i < 100; i++) {
      take(documents, ofNumber(i, `#${'x'.repeat(3_000)}`));
      expect(documents.kept.bytes).toBeLessThanOrEqual(100_000);
    }
    expect(documents.kept.bytes).toBeGreaterThan(50_000);
    const before = documents.kept;
    take(documents, ofNumber(0, `#${'x'.repeat(30_000)}`));
    expect(documents.kept).toEqual(before);
  });

  it('is not kept when it is wrong', () => {
    const documents = new Documents(schema, limits);
    expect(() => take(documents, '{')).toThrow('Syntax Error');
    expect(take(documents, '{ nothing }').errors).toHaveLength(1);
    expect(() => take(documents, `{ ${'a '.repeat(1_000)} }`)).toThrow('lexical tokens');
    expect(documents.kept).toEqual({ documents: 0, bytes: 0 });
  });
});
