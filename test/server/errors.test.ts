import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraphQLEnumType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/auth/write.ts';
import { readConfig } from '../../src/config.ts';
import { schema } from '../../src/schema.ts';
import { temporaryFolder } from '../process/program.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type HttpAnswer, type RunningServer, startServer } from './start.ts';

let database: TestDatabase;
let server: RunningServer;
/** A server whose database never answers, or fails, for some models, and whose identity provider is away. It has a persisted document. */
let broken: RunningServer;
/** A server that runs nothing but that. */
let strict: RunningServer;
let folder: { path: string; remove(): Promise<void> };
/** A server whose subscriptions end at once, and two that have no place for any, of which the first has a gateway. */
let brief: RunningServer;
let full: RunningServer;
let fullFor: RunningServer;
/** A reader's token. */
let secret: string;
/** What looks like the JWT of a provider, as far as one can tell without its keys. */
const jwt = `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.e30.x`;

const retracted = '00000000-0000-7000-8000-000000000001';

beforeAll(async () => {
  database = await openTestDatabase();
  await database.prisma.person.create({
    data: { id: retracted, name: 'Nobody', sortName: 'Nobody', status: 'RETRACTED', retractionReason: 'There was no such person.' },
  });
  ({ secret } = await createToken(database.prisma, { name: 'reader', role: 'READER' }, null));
  server = await startServer(database, readConfig({ LIMIT_BODY_BYTES: '20000', LIMIT_OPERATIONS: '1' }).limits);
  folder = await temporaryFolder();
  const persistedDocuments = join(folder.path, 'documents.json');
  const document = '{ __typename }';
  await writeFile(persistedDocuments, JSON.stringify({ [createHash('sha256').update(document).digest('hex')]: document }));
  strict = await startServer(database, {}, { persistedDocuments, persistedDocumentsOnly: true });
  brief = await startServer(database, { subscriptionMs: 1 });
  full = await startServer(database, { subscriptions: 0 }, { gateway: { secret: 'the gateway knows it, nobody else', only: false } });
  fullFor = await startServer(database, { subscriptionsPerIdentity: 0 });
  const delegates: Record<string, object> = {
    person: { findMany: () => new Promise(() => {}) },
    place: { findMany: () => Promise.reject(new Error('It is broken.')) },
  };
  const prisma = new Proxy(database.prisma, { get: (target, name) => delegates[String(name)] ?? Reflect.get(target, name) });
  broken = await startServer({ ...database, prisma }, readConfig({ LIMIT_TIMEOUT_MS: '20', LIMIT_CONNECTIONS: '1' }).limits, {
    persistedDocuments,
    oidc: { issuer: 'http://127.0.0.1:1', audience: 'verbatim', jwksUrl: undefined, roleClaim: 'role' },
  });
});

afterAll(async () => {
  await server?.close();
  await broken?.close();
  await strict?.close();
  await folder?.remove();
  for (const each of [brief, full, fullFor]) await each?.close();
  await database?.close();
});

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The codes that reach clients from the libraries below, and not from this code. */
const fromBelow = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE'];

const idOf = (model: string, uuid: string) => Buffer.from(`${model}:${uuid}`).toString('base64url');
const times = (count: number, part: (i: number) => string) => Array.from({ length: count }, (_, i) => part(i)).join(' ');
const ask = (query: string, variables?: object) => (): Promise<HttpAnswer> => server.ask(query, variables);

const entities = 'query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }';
const unknownHash = '/graphql?extensions={"persistedQuery":{"version":1,"sha256Hash":"x"}}';
const subscribe = (on: RunningServer, query = 'subscription { recordChanged { id } }') =>
  on.fetch(`/graphql?query=${encodeURIComponent(query)}`, { headers: { accept: 'text/event-stream' } });

/** At least one request for each code, with the status of its answer. */
const provoked: Record<string, [request: () => Promise<HttpAnswer>, status: number][]> = {
  BAD_REQUEST: [
    [ask('query ($n: Int!) { people(first: $n) { totalCount } }'), 200],
    [() => server.fetch('/graphql', { method: 'PUT' }), 405],
    [() => server.fetch('/graphql?query={__typename}', { headers: { accept: 'text/csv' } }), 406],
    [() => server.fetch('/graphql', { method: 'POST', body: 'x' }), 415],
  ],
  PERSISTED_DOCUMENT_NOT_FOUND: [[() => server.fetch('/graphql?documentId=x'), 200]],
  PERSISTED_QUERY_NOT_FOUND: [[() => broken.fetch(unknownHash), 200]],
  PERSISTED_QUERY_NOT_SUPPORTED: [[() => server.fetch(unknownHash), 200]],
  PERSISTED_DOCUMENTS_ONLY: [[() => strict.fetch('/graphql?query={people{totalCount}}'), 200]],
  GRAPHQL_PARSE_FAILED: [[ask('{'), 200]],
  GRAPHQL_VALIDATION_FAILED: [
    [ask('{ nothing }'), 200],
    [ask(`{ ${times(900, () => '__typename')} }`), 200],
  ],
  OPERATION_RESOLUTION_FAILURE: [[ask('query A { __typename } query B { __typename }'), 400]],
  UNAUTHENTICATED: [
    [ask('{ tokens { totalCount } }'), 200],
    [() => server.askAs('vbt_none', '{ __typename }'), 401],
  ],
  FORBIDDEN: [[() => server.askAs(secret, '{ tokens { totalCount } }'), 200]],
  GATEWAY_REQUIRED: [[() => full.ask('{ _service { sdl } }'), 403]],
  IDENTITY_PROVIDER_UNAVAILABLE: [[() => broken.askAs(jwt, '{ __typename }'), 503]],
  INVALID_TEXT: [[ask('{ search(query: "\\u0000") { totalCount } }'), 400]],
  BODY_TOO_LARGE: [[ask(`{ __typename } #${'x'.repeat(20_000)}`), 413]],
  TOO_MANY_TOKENS: [[ask(`{ ${times(1_000, () => '__typename')} }`), 400]],
  TOO_DEEP: [[ask(`{ places { nodes { ${'parent { '.repeat(10)}id ${'} '.repeat(10)}} } }`), 400]],
  TOO_MANY_ALIASES: [[ask(`{ ${times(31, (i) => `a${i}: __typename`)} }`), 400]],
  TOO_MANY_ROOT_FIELDS: [[ask(`{ ${times(21, (i) => `a${i}: __typename`)} }`), 400]],
  TOO_MANY_NODES: [[ask('{ people(first: 100) { nodes { statements(first: 100) { totalCount } } } }'), 400]],
  TOO_MANY_ENTITIES: [[() => brief.ask(entities, { of: Array.from({ length: 1_001 }, () => ({ __typename: 'Person' })) }), 400]],
  INPUT_TOO_DEEP: [[ask(`{ people(where: ${'{ not: '.repeat(21)}{}${' }'.repeat(21)}) { totalCount } }`), 400]],
  TOO_MANY_INPUT_VALUES: [[ask('{ __typename }', { list: Array.from({ length: 2_000 }, () => 1) }), 400]],
  TOO_MANY_CONNECTIONS: [
    [
      async () => {
        await broken.fetch('/graphql/stream', { method: 'PUT' });
        return broken.fetch('/graphql/stream', { method: 'PUT' });
      },
      503,
    ],
  ],
  TOO_MANY_OPERATIONS: [
    [
      async () => {
        const { text: stream } = await server.fetch('/graphql/stream', { method: 'PUT' });
        const add = (operationId: string) =>
          server.fetch('/graphql/stream', {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-graphql-event-stream-token': stream },
            body: JSON.stringify({ query: '{ __typename }', extensions: { operationId } }),
          });
        await add('a');
        return add('b');
      },
      429,
    ],
  ],
  TIMEOUT: [[() => broken.ask('{ people { nodes { name } } }'), 503]],
  TOO_MANY_SUBSCRIPTIONS: [
    [() => subscribe(full), 503],
    [() => subscribe(fullFor), 429],
  ],
  RESUME: [[() => subscribe(brief), 200]],
  INVALID_ID: [
    [ask('{ node(id: "x") { id } }'), 200],
    [ask(`{ person(by: { id: "${idOf('Place', retracted)}" }) { name } }`), 200],
  ],
  INVALID_REPRESENTATION: [[ask(entities, { of: [{ __typename: 'Nothing' }] }), 200]],
  INVALID_CURSOR: [
    [ask('{ people(after: "x") { nodes { name } } }'), 200],
    [() => subscribe(server, 'subscription { recordChanged(after: "x") { id } }'), 200],
  ],
  INVALID_PAGE: [
    [ask('{ people(first: 101) { nodes { name } } }'), 200],
    [ask('{ people(first: 1, last: 1) { nodes { name } } }'), 200],
  ],
  INVALID_DATE: [
    [ask('{ people(where: { birthDate: { before: "yesterday" } }) { totalCount } }'), 200],
    [ask('query ($date: EDTF) { people(where: { birthDate: { before: $date } }) { totalCount } }', { date: 'yesterday' }), 200],
  ],
  INVALID_LANGUAGE: [
    [ask('{ statements(where: { language: { eq: "French" } }) { totalCount } }'), 200],
    [ask('query ($language: Language) { statements(where: { language: { eq: $language } }) { totalCount } }', { language: 'en_US' }), 200],
  ],
  INVALID_QUERY: [
    [ask('{ search(query: " ") { totalCount } }'), 200],
    [ask(`{ search(query: "${'x'.repeat(501)}") { totalCount } }`), 200],
  ],
  NOT_FOUND: [
    [ask(`{ node(id: "${idOf('Person', '00000000-0000-7000-8000-000000000002')}") { id } }`), 200],
    [() => server.fetch('/nothing'), 404],
  ],
  RETRACTED: [[ask(`{ person(by: { id: "${idOf('Person', retracted)}" }) { name } }`), 200]],
  INTERNAL_ERROR: [[() => broken.ask('{ places { nodes { name } } }'), 200]],
};

describe('docs/errors.md', () => {
  it('has a row for every code, and for no other', async () => {
    const union = /export type ErrorCode =([^;]*);/.exec(await read('src/errors.ts'))?.[1] ?? '';
    const codes = [...union.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(10);
    const [ofRequests = '', ofInputs = ''] = (await read('docs/errors.md')).split('## Mistakes in an input');
    const inputRows = [...ofInputs.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
    const inputCodes = (schema.getType('UserErrorCode') as GraphQLEnumType).getValues().map(({ name }) => name);
    expect(inputRows.toSorted()).toEqual(inputCodes.toSorted());
    const rows = [...ofRequests.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
    expect(rows.toSorted()).toEqual([...codes, ...fromBelow].toSorted());
    expect(Object.keys(provoked).toSorted()).toEqual(rows.toSorted());
  });

  it('shows an answer that the server gives', async () => {
    const example = /```json\n([\s\S]*?)```/.exec(await read('docs/errors.md'))?.[1] ?? '';
    expect((await ask(`{ ${times(31, (i) => `a${i}: __typename`)} }`)()).body).toEqual(JSON.parse(example));
  });
});

describe.each(Object.entries(provoked))('%s', (code, requests) => {
  it('is what these requests are told, with the status that the table gives', async () => {
    const [, statuses = ''] = new RegExp(`^\\| \`${code}\` \\| ([^|]*) \\|`, 'm').exec(await read('docs/errors.md')) ?? [];
    for (const [request, status] of requests) {
      const answer = await request();
      expect([answer.status, answer.codes]).toEqual([status, [code]]);
      expect(answer.body.errors?.[0]?.message).toMatch(/^["`A-Z].*/);
      expect(statuses.split(/, | or /)).toContain(String(status));
    }
  });
});

describe('RETRACTED', () => {
  it('says why', async () => {
    const answer = await ask(`{ person(by: { id: "${idOf('Person', retracted)}" }) { name } }`)();
    expect(answer.body).toMatchObject({ data: { person: null }, errors: [{ extensions: { reason: 'There was no such person.' } }] });
  });
});
