import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/auth/write.ts';
import { readConfig } from '../../src/config.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type RunningServer, startServer } from './start.ts';
import { type Asked, ways } from './ways.ts';

// One policy for every way in: what a request is answered, all others are too.

let database: TestDatabase;
let server: RunningServer;
/** Its database fails for some models, or never answers; and it answers nobody without a token. */
let broken: RunningServer;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  database = await openTestDatabase();
  await database.prisma.person.create({ data: { name: 'Ana Lima', sortName: 'Lima', status: 'PUBLISHED' } });
  await database.prisma.person.create({ data: { name: 'Nobody yet', sortName: 'Nobody', status: 'DRAFT' } });
  for (const role of ['READER', 'EDITOR'] as const) {
    tokens[role] = (await createToken(database.prisma, { name: role.toLowerCase(), role }, null)).secret;
  }
  server = await startServer(database);
  const delegates: Record<string, object> = {
    person: { findMany: () => new Promise(() => {}) },
    place: { findMany: () => Promise.reject(new Error('hunter2')) },
  };
  const prisma = new Proxy(database.prisma, { get: (target, name) => delegates[String(name)] ?? Reflect.get(target, name) });
  broken = await startServer({ ...database, prisma }, readConfig({ LIMIT_TIMEOUT_MS: '50' }).limits, {
    readWithoutToken: false,
    oidc: { issuer: 'http://127.0.0.1:1', audience: 'verbatim', jwksUrl: undefined, roleClaim: 'role' },
  });
});

afterAll(async () => {
  await server?.close();
  await broken?.close();
  await database?.close();
});

afterEach(() => {
  broken.log.length = 0;
});

const times = (count: number, part: (i: number) => string) => Array.from({ length: count }, (_, i) => part(i)).join(' ');
const jwt = `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.e30.x`;

/** What is asked, and the data or the code of the answer. */
const cases: Record<string, Asked & { expected: object | string }> = {
  'a query': { query: '{ people { nodes { name } } }', expected: { people: { nodes: [{ name: 'Ana Lima' }] } } },
  variables: {
    query: 'query ($name: String!) { people(where: { name: { eq: $name } }) { totalCount } }',
    variables: { name: 'Ana Lima' },
    expected: { people: { totalCount: 1 } },
  },
  'the name of an operation': {
    query: 'query A { a: __typename } query B { b: __typename }',
    operationName: 'B',
    expected: { b: 'Query' },
  },
  introspection: {
    query: '{ __schema { subscriptionType { name } } }',
    expected: { __schema: { subscriptionType: { name: 'Subscription' } } },
  },
  'an unknown operation': { query: 'query A { __typename }', operationName: 'B', expected: 'OPERATION_RESOLUTION_FAILURE' },
  'several operations and no name': { query: 'query A { __typename } query B { __typename }', expected: 'OPERATION_RESOLUTION_FAILURE' },
  'a mistake of syntax': { query: '{ people( }', expected: 'GRAPHQL_PARSE_FAILED' },
  'an empty query': { query: '', expected: 'GRAPHQL_PARSE_FAILED' },
  'an unknown field': { query: '{ peopl { totalCount } }', expected: 'GRAPHQL_VALIDATION_FAILED' },
  'a variable of another type': {
    query: 'query ($n: Int) { people(first: $n) { totalCount } }',
    variables: { n: 'x' },
    expected: 'BAD_REQUEST',
  },
  'an error in a field': { query: '{ people { totalCount } node(id: "x") { id } }', expected: 'INVALID_ID' },
  'too many tokens': { query: `{ ${times(1_000, () => '__typename')} }`, expected: 'TOO_MANY_TOKENS' },
  'too many levels': { query: `{ places { nodes { ${'parent { '.repeat(10)}id ${'} '.repeat(10)}} } }`, expected: 'TOO_DEEP' },
  'too many aliases': { query: `{ ${times(31, (i) => `a${i}: __typename`)} }`, expected: 'TOO_MANY_ALIASES' },
  'too many fields of the root': { query: `{ ${times(21, (i) => `a${i}: __typename`)} }`, expected: 'TOO_MANY_ROOT_FIELDS' },
  'too many records': { query: '{ people(first: 100) { nodes { statements(first: 100) { totalCount } } } }', expected: 'TOO_MANY_NODES' },
  'too deep an input': {
    query: `{ people(where: ${'{ not: '.repeat(21)}{}${' }'.repeat(21)}) { totalCount } }`,
    expected: 'INPUT_TOO_DEEP',
  },
  'too many values': {
    query: '{ __typename }',
    variables: { list: Array.from({ length: 2_000 }, () => 1) },
    expected: 'TOO_MANY_INPUT_VALUES',
  },
  'a text that can’t be kept': { query: '{ search(query: "\\u0000") { totalCount } }', expected: 'INVALID_TEXT' },
  'a subscription that asks too much': {
    query: `subscription { recordChanged { ${times(31, (i) => `a${i}: __typename`)} } }`,
    expected: 'TOO_MANY_ALIASES',
  },
  'a token': { query: '{ viewer { account role } }', token: 'READER', expected: { viewer: { account: 'token:reader', role: 'READER' } } },
  'a wrong token': { query: '{ __typename }', token: 'vbt_none', expected: 'UNAUTHENTICATED' },
  'what is no token': { query: '{ __typename }', token: 'a b', expected: 'UNAUTHENTICATED' },
  'what only editors see': {
    query: '{ people { totalCount } }',
    token: 'EDITOR',
    expected: { people: { totalCount: 2 } },
  },
  'a mutation': {
    query: 'mutation ($name: String!) { createPlace(input: { name: $name, kind: CITY }) { record { name } errors { code } } }',
    variables: { name: 'Erbil' },
    token: 'EDITOR',
    expected: { createPlace: { record: { name: 'Erbil' }, errors: [] } },
  },
  'a mutation of a reader': {
    query: 'mutation { createPlace(input: { name: "Erbil", kind: CITY }) { record { name } } }',
    token: 'READER',
    expected: 'FORBIDDEN',
  },
};

/** The same on the broken server. */
const brokenCases: typeof cases = {
  'a defect': { query: '{ places { nodes { name } } }', token: 'READER', expected: 'INTERNAL_ERROR' },
  'a query that takes too long': { query: '{ people { nodes { name } } }', token: 'READER', expected: 'TIMEOUT' },
  'no token, where one is needed': { query: '{ __typename }', expected: 'UNAUTHENTICATED' },
  'a provider that is away': { query: '{ __typename }', token: jwt, expected: 'IDENTITY_PROVIDER_UNAVAILABLE' },
};

async function ask(running: RunningServer, { expected, token, ...asked }: Asked & { expected: object | string }) {
  const given = token === undefined ? {} : { token: tokens[token] ?? token };
  const answers = [];
  for (const [name, way] of Object.entries(ways)) answers.push({ name, ...(await way(running, { ...asked, ...given })) });
  const [first] = answers;
  expect(typeof expected === 'string' ? first?.errors.map(({ code }) => code) : first?.data).toEqual(
    typeof expected === 'string' ? [expected] : expected,
  );
  for (const answer of answers) expect(answer).toEqual({ ...first, name: answer.name });
}

describe('every way in answers the same to', () => {
  it.each(Object.entries(cases))('%s', async (_name, asked) => {
    await ask(server, asked);
  });

  it.each(Object.entries(brokenCases))('%s', async (name, asked) => {
    await ask(broken, asked);
    const noted = broken.log.filter(({ msg }) => msg === 'unexpected error');
    // Each with an id, and the one of the request.
    expect(noted.map(({ err, requestId, errorId }) => [(err as Error).message, typeof requestId, typeof errorId])).toEqual(
      name === 'a defect' ? Object.keys(ways).map(() => ['hunter2', 'string', 'string']) : [],
    );
  });

  it('a mutation, which each way did once', async () => {
    expect(await database.prisma.place.count({ where: { name: 'Erbil' } })).toBe(Object.keys(ways).length);
  });
});
