import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Limits, readConfig } from '../../src/config.ts';
import { readPersistedDocuments } from '../../src/http/persisted-file.ts';
import { Refusal } from '../../src/refusal.ts';
import { schema } from '../../src/schema.ts';
import { temporaryFolder } from '../process/program.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type HttpAnswer, type RunningServer, startServer } from './start.ts';

const hash = (text: string, algorithm = 'sha256') => createHash(algorithm).update(text).digest('hex');

const count = 'query Count { people { totalCount } }';
const page = 'query Page($first: Int = 2) { people(first: $first) { nodes { name } } }';
const kind = 'query Kind { __typename }';
const make =
  'mutation Make($name: String!) { createPerson(input: { name: $name, publish: true }) { record { name } errors { code message path } } }';
/** As different programs write it: the client preset, Relay's compiler, and both with other settings. */
const written = { [`sha256:${hash(count)}`]: count, [hash(page, 'md5')]: page, [hash(kind, 'sha1')]: kind, [hash(make)]: make };
const unknown = hash('{ unknown }');

let folder: { path: string; remove(): Promise<void> };
let database: TestDatabase;
/** Has the documents, and takes others too. */
let server: RunningServer;
/** Takes nothing else. */
let strict: RunningServer;
/** Has none. */
let without: RunningServer;

beforeAll(async () => {
  folder = await temporaryFolder();
  database = await openTestDatabase();
  const persistedDocuments = await file(written);
  server = await startServer(database, {}, { persistedDocuments });
  strict = await startServer(database, {}, { persistedDocuments, persistedDocumentsOnly: true });
  without = await startServer(database);
});

afterAll(async () => {
  await Promise.all([server?.close(), strict?.close(), without?.close()]);
  await database?.close();
  await folder?.remove();
});

/** Writes a file, as text or as JSON. */
async function file(content: object | string): Promise<string> {
  const path = join(folder.path, `${hash(JSON.stringify(content)).slice(0, 8)}.json`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function post(body: object, from = server, headers: Record<string, string> = {}): Promise<HttpAnswer> {
  return from.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

const apollo = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
const get = (parameters: Record<string, string>, from = server) => from.fetch(`/graphql?${new URLSearchParams(parameters)}`);
const counted = { data: { people: { totalCount: 0 } } };

describe.each([
  ['with other documents', () => server],
  ['without other documents', () => strict],
])('a persisted document, %s', (_name, from) => {
  it.each([
    ['documentId', { documentId: `sha256:${hash(count)}` }],
    ['documentId without the prefix', { documentId: hash(count) }],
    ['id', { id: hash(count) }],
    ['doc_id', { doc_id: hash(count) }],
    ['Apollo’s extension', apollo(hash(count))],
    ['several ids that agree', { documentId: `sha256:${hash(count)}`, ...apollo(hash(count)) }],
    ['an id and an empty query', { documentId: hash(count), query: '' }],
    ['an id and its own query', { id: hash(count), query: count }],
    ['an id and another hash of its query', { id: hash(count, 'md5'), query: count }],
    ['its text alone', { query: count }],
  ])('is named by %s', async (_by, body) => {
    const answer = await post(body, from());
    expect([answer.status, answer.body]).toEqual([200, counted]);
  });

  it.each([
    ['MD5, as Relay does', { doc_id: hash(page, 'md5') }, 'people'],
    ['SHA-1', { id: hash(kind, 'sha1') }, '__typename'],
    ['SHA-256 though the file has MD5', { documentId: `sha256:${hash(page)}`, variables: { first: 1 } }, 'people'],
  ])('is named by its %s', async (_by, body, field) => {
    expect(Object.keys((await post(body, from())).body.data ?? {})).toEqual([field]);
  });

  it('is named in a URL, and its answer may be kept', async () => {
    for (const name of ['documentId', 'id', 'doc_id']) {
      const answer = await get({ [name]: hash(page), variables: '{"first":1}' }, from());
      expect([answer.status, answer.body]).toEqual([200, { data: { people: { nodes: [] } } }]);
      expect(answer.headers.get('cache-control')).toBe('public, no-cache');
      expect(answer.headers.get('etag')).not.toBeNull();
    }
    const byExtension = await get({ extensions: JSON.stringify(apollo(hash(count)).extensions) }, from());
    expect(byExtension.body).toEqual(counted);
  });

  it('that is a mutation is not run by GET', async () => {
    const answer = await get({ documentId: hash(make), variables: '{"name":"x"}' }, from());
    expect([answer.status, answer.codes]).toEqual([405, ['BAD_REQUEST']]);
    const posted = await post({ documentId: hash(make), variables: { name: 'x' } }, from());
    expect([posted.status, posted.codes]).toEqual([200, ['UNAUTHENTICATED']]);
  });

  it.each<[name: string, body: object]>([
    ['another query', { documentId: hash(count), query: page }],
    ['another document by another parameter', { documentId: hash(count), id: hash(page) }],
    ['another document in its extensions', { documentId: hash(count), ...apollo(hash(page)) }],
    ['a query that is only alike', { id: hash(count), query: `${count} ` }],
    ['a query whose hash it is not', { ...apollo('x'), query: count }],
    ['an id that is no string', { documentId: 1 }],
    ['nothing', {}],
  ])('is not guessed from a request with %s', async (_name, body) => {
    const answer = await post(body, from());
    expect([answer.status, answer.codes]).toEqual([400, ['BAD_REQUEST']]);
  });
});

describe('an unknown document', () => {
  const modern = { accept: 'application/graphql-response+json' };

  it.each([
    ['documentId', { documentId: `sha256:${unknown}` }],
    ['id', { id: unknown }],
    ['doc_id', { doc_id: '' }],
  ])('by %s is not found', async (_by, body) => {
    for (const from of [server, strict, without]) {
      const answer = await post(body, from, modern);
      expect([answer.status, answer.codes]).toEqual([400, ['PERSISTED_DOCUMENT_NOT_FOUND']]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('makes Apollo’s clients send the text where that helps, and only there', async () => {
    const miss = await post(apollo(unknown));
    expect([miss.status, miss.codes, miss.body.errors?.[0]?.message]).toEqual([
      200,
      ['PERSISTED_QUERY_NOT_FOUND'],
      'PersistedQueryNotFound',
    ]);
    const never = await post(apollo(unknown), without);
    expect([never.status, never.codes, never.body.errors?.[0]?.message]).toEqual([
      200,
      ['PERSISTED_QUERY_NOT_SUPPORTED'],
      'PersistedQueryNotSupported',
    ]);
    expect((await post(apollo(unknown), strict)).codes).toEqual(['PERSISTED_DOCUMENT_NOT_FOUND']);
    const sent = '{ people { totalCount } }';
    expect((await post({ ...apollo(hash(sent)), query: sent })).body).toEqual(counted);
  });
});

describe('strict mode', () => {
  const refused = ['PERSISTED_DOCUMENTS_ONLY'];

  it.each([
    ['another query', { query: '{ people { totalCount } }' }],
    ['one that is only alike', { query: `${count}\n` }],
    ['one with its hash', { query: '{ people { totalCount } }', ...apollo(hash('{ people { totalCount } }')) }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['what isn’t GraphQL', { query: '{' }],
    ['an empty query', { query: '' }],
  ])('refuses %s', async (_name, body) => {
    database.statements.length = 0;
    const answer = await post(body, strict);
    expect([answer.status, answer.codes]).toEqual([200, refused]);
    expect((await post(body, strict, { accept: 'application/graphql-response+json' })).status).toBe(403);
    expect(database.statements).toEqual([]);
  });

  it('refuses a query in a URL, and as a stream', async () => {
    const answer = await get({ query: '{ people { totalCount } }' }, strict);
    expect([answer.codes, answer.headers.get('cache-control')]).toEqual([refused, 'no-store']);
    const { text } = await post({ query: '{ people { totalCount } }' }, strict, { accept: 'text/event-stream' });
    expect(text).toContain('PERSISTED_DOCUMENTS_ONLY');
    expect(text).not.toContain('totalCount');
  });

  it('has a page that says why there is no playground', async () => {
    const { status, text } = await strict.fetch('/graphql', { headers: { accept: 'text/html' } });
    expect(status).toBe(200);
    expect(text).toContain('PERSISTED_DOCUMENTS_ONLY');
    expect(text.length).toBeLessThan(1_000);
  });
});

describe('a file of documents', () => {
  const read = async (persistedDocuments: string, limits: Partial<Limits> = {}) => {
    const standard = readConfig({});
    return readPersistedDocuments(
      { persistedDocuments, persistedDocumentsOnly: false, limits: { ...standard.limits, ...limits } },
      schema,
    ).then(
      () => 'It was taken.',
      (error) => {
        expect(error).toBeInstanceOf(Refusal);
        return (error as Refusal).message;
      },
    );
  };
  const one = (text: string, name = hash(text)) => file({ [hash(count)]: count, [name]: text });

  it.each<[name: string, text: string, key: string | undefined, message: string]>([
    ['a text that was changed', page, hash(count, 'md5'), 'The text has another hash; was it changed?'],
    ['a name that is no hash', page, 'Page', 'This is not an MD5, SHA-1 or SHA-256 hash in lower-case hexadecimal digits.'],
    ['a prefix that isn’t the hash’s', page, `sha256:${hash(page, 'md5')}`, 'This is not an MD5, SHA-1 or SHA-256 hash'],
    ['what isn’t GraphQL', 'query {', undefined, 'Syntax Error: Expected Name, found <EOF>.'],
    ['a field that isn’t there', '{ peopl { totalCount } }', undefined, 'Cannot query field "peopl" on type "Query".'],
    [
      'too large a page',
      '{ people(first: 100) { nodes { statements(first: 100) { totalCount } } } }',
      undefined,
      'up to 10000 are allowed',
    ],
    [
      'too deep a second operation',
      `${count} query Deep { places { nodes { ${'parent { '.repeat(10)}id ${'} '.repeat(10)}} } }`,
      undefined,
      'The request has 13 fields',
    ],
    ['too long a text', `{ ${'__typename '.repeat(999)} }`, undefined, 'up to 1000 are allowed'],
  ])('with %s is refused by name', async (_name, text, key, message) => {
    const path = await one(text, key);
    const refusal = await read(path);
    expect(refusal).toMatch(new RegExp(`^PERSISTED_DOCUMENTS: of the 2 documents in ${path}, 1 can’t be taken\\. ${key ?? hash(text)}: `));
    expect(refusal).toContain(message);
    expect(refusal).not.toContain('\n');
  });

  it('is measured by the limits of this server', async () => {
    const path = await one(page);
    expect(await read(path)).toBe('It was taken.');
    expect(await read(path, { nodes: 1 })).toContain('up to 1 are allowed');
  });

  it.each([
    ['{', 'is not JSON.'],
    ['[]', 'is not an object that has the text of each document by its hash.'],
    ['{"x":{"query":"{ __typename }"}}', 'is not an object that has the text of each document by its hash.'],
  ])('that holds %j is refused', async (content, reason) => {
    const path = await file(content);
    expect(await read(path)).toBe(`PERSISTED_DOCUMENTS: ${path} ${reason}`);
  });

  it('that isn’t there is refused', async () => {
    const path = await one(kind);
    await rm(path);
    expect(await read(path)).toMatch(/^PERSISTED_DOCUMENTS: .*\.json can’t be read: ENOENT/);
  });
});
