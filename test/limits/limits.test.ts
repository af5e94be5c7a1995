import { getIntrospectionQuery, type IntrospectionOptions, type OperationDefinitionNode, parse, validate } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { measureInput } from '../../src/limits/input.ts';
import { measure } from '../../src/limits/measure.ts';
import { schema } from '../../src/schema.ts';
import { type RunningServer, startServer } from '../server/start.ts';
import { seed } from '../support/chance.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { naiveCount, randomOperation, unfolded } from './operations.ts';

let database: TestDatabase;
let server: RunningServer;
const others: RunningServer[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  server = await startServer(database);
});

afterAll(async () => {
  await server?.close();
  await Promise.all(others.map((each) => each.close()));
  await database?.close();
});

afterEach(() => {
  database.statements.length = 0;
});

/** A server with limits from the environment, as a person sets them. */
async function limited(variables: Record<string, string>): Promise<RunningServer> {
  const started = await startServer(database, readConfig(variables).limits);
  others.push(started);
  return started;
}

function measured(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return measure(schema, document, document.definitions[0] as OperationDefinitionNode, variables);
}

const repeat = (times: number, part: (i: number) => string) => Array.from({ length: times }, (_, i) => part(i)).join(' ');
const deepFilter = (levels: number): object => (levels === 0 ? {} : { not: deepFilter(levels - 1) });

describe('each limit', () => {
  interface Case {
    /** The variable that sets it, and the value that it has unless one is set. */
    variable: string;
    standard: number;
    /** A smaller one, to try. */
    limit: number;
    code: string;
    what: string;
    /** A request that reaches this much of it. */
    request(size: number): { query: string; variables?: object };
  }
  const filtered = 'query ($where: PersonFilter) { people(where: $where) { totalCount } }';
  const cases: Case[] = [
    {
      variable: 'LIMIT_TOKENS',
      standard: 1_000,
      limit: 30,
      code: 'TOO_MANY_TOKENS',
      what: 'lexical tokens',
      // All but the names are twenty.
      request: (size) => ({ query: `{ people(where: { name: { in: [${repeat(size - 20, (i) => `"${i}"`)}] } }) { totalCount } }` }),
    },
    {
      variable: 'LIMIT_DEPTH',
      standard: 12,
      limit: 5,
      code: 'TOO_DEEP',
      what: 'fields below one another',
      request: (size) => ({ query: `{ places(first: 1) { nodes { ${'parent { '.repeat(size - 3)}id ${'} '.repeat(size - 3)}} } }` }),
    },
    {
      variable: 'LIMIT_ALIASES',
      standard: 30,
      limit: 4,
      code: 'TOO_MANY_ALIASES',
      what: 'aliases',
      request: (size) => ({ query: `{ people { nodes { ${repeat(size, (i) => `a${i}: name`)} } } }` }),
    },
    {
      variable: 'LIMIT_ROOT_FIELDS',
      standard: 20,
      limit: 3,
      code: 'TOO_MANY_ROOT_FIELDS',
      what: 'root fields',
      request: (size) => ({ query: `{ people { totalCount } ${repeat(size - 1, (i) => `a${i}: __typename`)} }` }),
    },
    {
      variable: 'LIMIT_NODES',
      standard: 10_000,
      limit: 50,
      code: 'TOO_MANY_NODES',
      what: 'records in its answer',
      request: (size) =>
        size <= 100
          ? { query: `{ people(first: ${size}) { nodes { name } } }` }
          : // 99 people with 100 statements each are 9,999, and then there are a few more.
            {
              query: `{ people(first: 99) { nodes { statements(first: 100) { nodes { text } } } } more: people(first: ${size - 9_999}) { totalCount } }`,
            },
    },
    {
      variable: 'LIMIT_ENTITIES',
      standard: 1_000,
      limit: 5,
      code: 'TOO_MANY_ENTITIES',
      what: 'representations',
      request: (size) => ({
        query: 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
        variables: { r: Array.from({ length: size }, (_, i) => ({ __typename: 'Person', wikidataId: `Q0${i}` })) },
      }),
    },
    {
      variable: 'LIMIT_INPUT_DEPTH',
      standard: 20,
      limit: 5,
      code: 'INPUT_TOO_DEEP',
      what: 'levels in its arguments and variables',
      request: (size) => ({ query: filtered, variables: { where: deepFilter(size - 1) } }),
    },
    {
      variable: 'LIMIT_INPUT_VALUES',
      standard: 2_000,
      limit: 40,
      code: 'TOO_MANY_INPUT_VALUES',
      what: 'values in its arguments and variables',
      // The argument and the variables themselves, `where`, `name` and `in` are five.
      request: (size) => ({
        query: filtered,
        variables: { where: { name: { in: Array.from({ length: size - 5 }, (_, i) => `name ${i}`) } } },
      }),
    },
  ];

  describe.each(cases)('$variable', ({ variable, standard, limit, code, what, request }) => {
    it.each([
      ['unless it is set', standard, {}],
      ['as it is set', limit, { [variable]: String(limit) }],
    ])('holds %s', async (_name, value, variables) => {
      const { ask } = await limited(variables);
      const within = request(value);
      const good = await ask(within.query, within.variables);
      expect([good.status, good.body.errors]).toEqual([200, undefined]);
      expect(database.statements.length).toBeGreaterThan(0);

      database.statements.length = 0;
      const over = request(value + 1);
      const bad = await ask(over.query, over.variables);
      expect(bad.status).toBe(400);
      expect(bad.body).toEqual({ errors: [{ message: expect.any(String), extensions: { code, limit: value, found: value + 1 } }] });
      expect(bad.body.errors?.[0]?.message).toMatch(
        new RegExp(`^The request has ${value + 1} ${what}; up to ${value} are allowed\\. [A-Z].*\\.$`),
      );
      expect(database.statements).toEqual([]);
    });
  });

  it('is held to by queries in the URL as well', async () => {
    const answer = await server.fetch(`/graphql?query=${encodeURIComponent(`{ ${repeat(31, (i) => `a${i}: __typename`)} }`)}`);
    expect([answer.status, answer.codes]).toEqual([400, ['TOO_MANY_ALIASES']]);
  });
});

describe('LIMIT_BODY_BYTES', () => {
  const bodyOf = (bytes: number) => {
    const [start, end] = ['{"query":"{ people { totalCount } } #', '"}'];
    return `${start}${'x'.repeat(bytes - start.length - end.length)}${end}`;
  };

  it.each([
    ['unless it is set', 256 * 1024, {}],
    ['as it is set', 500, { LIMIT_BODY_BYTES: '500' }],
  ])('holds for a body of a known length %s', async (_name, limit, variables) => {
    const { fetch: send } = await limited(variables);
    const init = (bytes: number) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: bodyOf(bytes) });
    const good = await send('/graphql', init(limit));
    expect([good.status, good.body.errors]).toEqual([200, undefined]);

    database.statements.length = 0;
    const bad = await send('/graphql', init(limit + 1));
    expect(bad.status).toBe(413);
    expect(bad.body.errors).toEqual([{ message: expect.any(String), extensions: { code: 'BODY_TOO_LARGE', limit, found: limit + 1 } }]);
    expect(bad.body.errors?.[0]?.message).toMatch(`has ${limit + 1} bytes; up to ${limit} are allowed.`);
    expect(bad.headers.get('content-type')).toMatch('application/json');
    expect(database.statements).toEqual([]);
  });

  it('holds for a body that comes in pieces, whose length nobody tells', async () => {
    const { fetch: send } = await limited({ LIMIT_BODY_BYTES: '5000' });
    const init = (bytes: number) => {
      const text = new TextEncoder().encode(bodyOf(bytes));
      const body = new ReadableStream({
        start: (controller) => {
          for (let at = 0; at < text.length; at += 1_000) controller.enqueue(text.subarray(at, at + 1_000));
          controller.close();
        },
      });
      // `duplex` is what Node wants for a stream; its types don't know it.
      return { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' } as RequestInit;
    };
    const good = await send('/graphql', init(5_000));
    expect([good.status, good.body.errors]).toEqual([200, undefined]);

    database.statements.length = 0;
    const bad = await send('/graphql', init(5_001));
    expect(bad.status).toBe(413);
    expect(bad.body.errors).toEqual([
      { message: expect.stringMatching('more than 5000 bytes'), extensions: { code: 'BODY_TOO_LARGE', limit: 5_000 } },
    ]);
    expect(database.statements).toEqual([]);
  });
});

describe('the depth', () => {
  it.each<[name: string, query: string, depth: number]>([
    ['of one field', '{ __typename }', 1],
    ['of the deepest field', '{ people { nodes { name } totalCount } node(id: "x") { id } }', 3],
    ['through an inline fragment', '{ people { ... { nodes { ... on Person { name } } } } }', 3],
    ['through a fragment', '{ people { ...A } } fragment A on PersonConnection { nodes { name } }', 3],
    [
      'through fragments in fragments',
      '{ ...A } fragment A on Query { people { ...B } } fragment B on PersonConnection { nodes { ... on Node { ...C } } } fragment C on Node { id }',
      3,
    ],
    ['with edges', '{ people { edges { node { statements { edges { node { text } } } } } } }', 7],
    [
      'of introspection, which GraphQL.js limits',
      '{ __schema { types { fields { type { ofType { ofType { ofType { name } } } } } } } }',
      1,
    ],
    ['below a field of an interface', '{ node(id: "x") { ... on Actor { statements { nodes { speaker { name } } } } } }', 5],
  ])('%s', (_name, query, depth) => {
    expect(measured(query).depth).toBe(depth);
  });
});

describe('the aliases', () => {
  it.each<[name: string, query: string, aliases: number]>([
    ['none', '{ people { nodes { name } } }', 0],
    ['of __typename', '{ a: __typename people { b: __typename } }', 2],
    ['the same as the field', '{ people: people { totalCount } }', 1],
    [
      'in a fragment, as often as it is spread',
      '{ people { nodes { ...A } edges { node { ...A } } } } fragment A on Person { a: name b: name }',
      4,
    ],
    ['in an inline fragment', '{ ... on Query { ... { a: __typename } } }', 1],
    ['in fragments of fragments', '{ ...A ...B } fragment A on Query { ...B ...B } fragment B on Query { a: __typename }', 3],
    ['in introspection', '{ a: __schema { b: types { c: name ...A } } } fragment A on __Type { d: kind e: fields { f: name } }', 6],
    ['in introspection of a type', '{ __type(name: "Person") { a: name ... on __Type { b: name } } }', 2],
  ])('%s', (_name, query, aliases) => {
    expect(measured(query).aliases).toBe(aliases);
  });

  it('are limited in introspection too, whose answer they would multiply', async () => {
    const answer = await server.ask(`{ __schema { types { fields { args { ${repeat(300, (i) => `a${i}: description`)} } } } } }`);
    expect(answer.codes).toEqual(['TOO_MANY_ALIASES']);
  });
});

describe('the root fields', () => {
  it.each<[name: string, query: string, rootFields: number]>([
    ['each one', '{ __typename people { totalCount } a: people { nodes { id name } } }', 3],
    ['the same one again', '{ people { totalCount } people { totalCount } }', 2],
    [
      'in fragments, as often as they are spread',
      '{ ...A ... { ...A __typename } } fragment A on Query { a: __typename b: __typename }',
      5,
    ],
    ['of introspection', '{ __schema { types { name } } __type(name: "Person") { name } }', 2],
  ])('%s', (_name, query, rootFields) => {
    expect(measured(query).rootFields).toBe(rootFields);
  });
});

describe('the predicted records', () => {
  it.each<[name: string, query: string, variables: Record<string, unknown>, nodes: number]>([
    ['of a page of the standard size', '{ people { nodes { name } } }', {}, 20],
    ['of `first`', '{ people(first: 7) { nodes { name } } }', {}, 7],
    ['of `first: 0`', '{ people(first: 0) { nodes { statements { totalCount } } } }', {}, 0],
    ['of `last`', '{ people(last: 8) { nodes { name } } }', {}, 8],
    ['of `last` when `first` is null', '{ people(first: null, last: 8) { nodes { name } } }', {}, 8],
    ['of neither', '{ people(first: null, last: null) { nodes { name } } }', {}, 20],
    ['of a negative number, which is refused later', '{ people(first: -5) { nodes { name } } }', {}, 0],
    ['of a variable', 'query ($n: Int) { people(first: $n) { nodes { name } } }', { n: 9 }, 9],
    ['of a variable for `last`', 'query ($n: Int, $m: Int) { people(first: $n, last: $m) { nodes { name } } }', { m: 9 }, 9],
    ['of a variable that is not given', 'query ($n: Int) { people(first: $n) { nodes { name } } }', {}, 20],
    ['of a variable’s default', 'query ($n: Int = 30) { people(first: $n) { nodes { name } } }', {}, 30],
    ['of a variable that is given despite its default', 'query ($n: Int = 30) { people(first: $n) { nodes { name } } }', { n: 3 }, 3],
    [
      'of a variable with the name of something that every object has',
      'query ($constructor: Int = 90) { people(first: $constructor) { nodes { name } } }',
      {},
      90,
    ],
    ['of a variable with another such name', 'query ($__proto__: Int = 90) { people(first: $__proto__) { nodes { name } } }', {}, 90],
    ['of lists in lists', '{ people(first: 3) { nodes { statements(first: 4) { nodes { text } } } } }', {}, 3 + 3 * 4],
    [
      'of lists side by side',
      '{ people(first: 3) { nodes { statements(first: 4) { nodes { text } } memberships(first: 5) { nodes { role } } } } }',
      {},
      3 * (1 + 4 + 5),
    ],
    ['of edges', '{ people(first: 3) { edges { cursor node { statements(first: 4) { edges { node { text } } } } } } }', {}, 3 + 3 * 4],
    [
      'of nodes and edges',
      '{ people(first: 3) { nodes { statements(first: 4) { nodes { text } } } edges { node { statements(first: 4) { nodes { text } } } } } }',
      {},
      3 + 3 * 8,
    ],
    ['of a record beside a list', '{ statements(first: 3) { nodes { outlet { name parent { name } } } } }', {}, 3 * (1 + 2)],
    ['of a list without pages', '{ people(first: 3) { nodes { names { name } } } }', {}, 3 * (1 + 5)],
    ['of one record', '{ person(by: { id: "x" }) { name } }', {}, 1],
    ['of `node`', '{ node(id: "x") { id } }', {}, 1],
    ['of `ids`', '{ nodes(ids: ["x", "y", "z"]) { id } }', {}, 3],
    ['of one id that stands for a list', '{ nodes(ids: "x") { id } }', {}, 1],
    [
      'of `ids` in a variable',
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Person { statements(first: 10) { nodes { text } } } } }',
      { ids: ['x', 'y'] },
      22,
    ],
    [
      'of `ids` in a variable’s default',
      'query ($ids: [ID!]! = ["x", "y"]) { nodes(ids: $ids) { id ... on Person { statements(first: 10) { nodes { text } } } } }',
      {},
      22,
    ],
    ['of variables in `ids`', 'query ($a: ID!, $b: ID!) { nodes(ids: [$a, $b]) { id } }', { a: 'x', b: 'y' }, 2],
    [
      'of fragments, as often as they unfold',
      '{ people(first: 2) { ...A ...A } } fragment A on PersonConnection { nodes { statements(first: 5) { nodes { text } } } }',
      {},
      2 * (1 + 5 + 5),
    ],
    ['of a search', '{ search(query: "x", first: 4) { nodes { record { id } } } }', {}, 4 * (1 + 1)],
    ['of a timeline', '{ timeline(of: "x", first: 4) { nodes { record { id } } } }', {}, 4 * (1 + 1)],
    ['of introspection', '{ __schema { types { name } } }', {}, 0],
  ])('%s', (_name, query, variables, nodes) => {
    expect(measured(query, variables).nodes).toBe(nodes);
  });

  it('are refused however a large number is written', async () => {
    const variables = JSON.parse('{"n":1e999}');
    const query = 'query ($n: Int) { people(first: $n) { nodes { name } } }';
    expect((await server.ask(query, { n: 2 ** 31 })).codes).toEqual(['TOO_MANY_NODES']);
    expect(measured(query, variables).nodes).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('fragments that unfold to more and more', () => {
  const doubling = (times: number, inner: string, type = 'Query') =>
    `${repeat(times, (i) => `fragment F${i} on ${type} { ...F${i + 1} ...F${i + 1} }`)} fragment F${times} on ${type} { ${inner} }`;

  it('are measured without being unfolded', () => {
    expect(measured(`{ ...F0 } ${doubling(30, 'a: __typename')}`)).toMatchObject({ aliases: 2 ** 30, rootFields: 2 ** 30 });
    const nested = doubling(30, 'statements(first: 1) { nodes { a: text } }', 'Person');
    expect(measured(`{ people(first: 1) { nodes { ...F0 } } } ${nested}`)).toEqual({
      depth: 5,
      aliases: 2 ** 30,
      rootFields: 1,
      nodes: 2 ** 30 + 1,
      entities: 0,
    });
  });

  it.each([
    ['aliases', `{ people { nodes { ...F0 } } } ${doubling(30, 'a: name', 'Person')}`, 'TOO_MANY_ALIASES'],
    ['root fields', `{ ...F0 } ${doubling(30, '__typename')}`, 'TOO_MANY_ROOT_FIELDS'],
    ['records', `{ people { nodes { ...F0 } } } ${doubling(30, 'statements { totalCount }', 'Person')}`, 'TOO_MANY_NODES'],
    ['root fields, with as many fragments as a document can hold', `{ ...F0 } ${doubling(90, '__typename')}`, 'TOO_MANY_ROOT_FIELDS'],
  ])('are refused for their %s', async (_name, query, code) => {
    const answer = await server.ask(query);
    expect(answer.codes).toEqual([code]);
    expect(database.statements).toEqual([]);
  });

  it('are refused when they spread themselves', async () => {
    const answer = await server.ask('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }');
    expect(answer.codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });
});

describe('introspection', () => {
  const options: IntrospectionOptions[] = [
    {},
    // What GraphiQL asks for.
    { inputValueDeprecation: true, schemaDescription: true },
    {
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    },
  ];

  it.each(options.map((each) => [JSON.stringify(each), each] as const))('with %s is within the limits', async (_name, each) => {
    const answer = await server.ask(getIntrospectionQuery(each), undefined, { operationName: 'IntrospectionQuery' });
    expect([answer.status, answer.body.errors]).toEqual([200, undefined]);
    expect(answer.body.data).toHaveProperty('__schema.queryType.name', 'Query');
  });

  it('that goes in circles is refused', async () => {
    const answer = await server.ask('{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }');
    expect(answer.codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });
});

describe('arguments and variables', () => {
  const filtered = 'query ($where: PersonFilter) { people(where: $where) { totalCount } }';
  const found = (query: string, variables?: object) => measureInput(parse(query), variables ?? {});

  it.each<[name: string, query: string, variables: object | undefined, depth: number, values: number]>([
    ['none', '{ __typename }', undefined, 0, 1],
    ['a literal', '{ people(first: 1) { totalCount } }', undefined, 0, 2],
    ['a literal object', '{ people(where: { name: { eq: "x" } }) { totalCount } }', undefined, 2, 4],
    ['a literal list', '{ nodes(ids: ["x", "y"]) { id } }', undefined, 1, 4],
    ['arguments in a fragment', '{ ...A } fragment A on Query { people(first: 1, last: 2) { totalCount } }', undefined, 0, 3],
    ['arguments of a directive', '{ __typename @include(if: true) }', undefined, 0, 2],
    ['variables', filtered, { where: { name: { eq: 'x' } } }, 3, 5],
    ['a list in variables', filtered, { where: { name: { in: ['x', 'y'] } } }, 4, 7],
    ['variables that are not used', '{ __typename }', { a: [1, [2]] }, 3, 5],
    [
      'the default of a variable',
      'query ($where: PersonFilter = { name: { in: ["x", "y"] } }) { people(where: $where) { totalCount } }',
      undefined,
      3,
      7,
    ],
  ])('are measured: %s', (_name, query, variables, inputDepth, inputValues) => {
    expect(found(query, variables)).toEqual({ inputDepth, inputValues });
  });

  it('of 50,000 levels are refused, as others are', async () => {
    const { ask, fetch: send } = await limited({ LIMIT_BODY_BYTES: '1000000' });
    const levels = 50_000;
    const body = `{"query":${JSON.stringify(filtered)},"variables":{"where":${'{"not":'.repeat(levels)}{}${'}'.repeat(levels)}}}`;
    const answer = await send('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(answer.body.errors?.[0]?.extensions).toEqual({ code: 'INPUT_TOO_DEEP', limit: 20, found: levels + 1 });
    const lists = `{"query":"{ __typename }","variables":{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    const other = await send('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: lists });
    expect(other.body.errors?.[0]?.extensions).toEqual({ code: 'INPUT_TOO_DEEP', limit: 20, found: 100_000 });
    expect(database.statements).toEqual([]);
    expect((await ask('{ people { totalCount } }')).status).toBe(200);
  });

  it('with a huge list are refused', async () => {
    const answer = await server.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array.from({ length: 60_000 }, () => 1) });
    expect(answer.body.errors?.[0]?.extensions).toEqual({ code: 'TOO_MANY_INPUT_VALUES', limit: 2_000, found: 60_003 });
    expect(database.statements).toEqual([]);
  });

  it('in the default of a variable are limited as well', async () => {
    const literal = `${'{ not: '.repeat(21)}{}${' }'.repeat(21)}`;
    const answer = await server.ask(`query ($where: PersonFilter = ${literal}) { people(where: $where) { totalCount } }`);
    expect(answer.codes).toEqual(['INPUT_TOO_DEEP']);
  });

  it.each<[name: string, query: string, variables?: object]>([
    ['a literal', '{ people(where: { name: { eq: "a\\u0000b" } }) { totalCount } }'],
    ['a literal with braces', '{ people(where: { name: { eq: "a\\u{0}b" } }) { totalCount } }'],
    ['a block', '{ search(query: """a\0b""") { totalCount } }'],
    ['a literal list', '{ people(where: { name: { in: ["x", "\\u0000"] } }) { totalCount } }'],
    ['an id', '{ nodes(ids: ["\\u0000"]) { id } }'],
    ['a variable', 'query ($x: String!) { search(query: $x) { totalCount } }', { x: 'a\0b' }],
    ['a variable deep down', filtered, { where: { or: [{ name: { in: ['x', '\0'] } }] } }],
    ['a default', 'query ($x: String! = "a\\u0000b") { search(query: $x) { totalCount } }'],
    [
      'a default deep down',
      'query ($where: PersonFilter = { or: [{ name: { eq: "\\u0000" } }] }) { people(where: $where) { totalCount } }',
    ],
    ['an operation that does not run', 'query A { search(query: "\\u0000") { totalCount } } query B { __typename }', {}],
  ])('with the character U+0000 in %s are refused', async (_name, query, variables) => {
    const answer = await server.ask(query, variables, query.startsWith('query A') ? { operationName: 'B' } : {});
    expect([answer.status, answer.codes]).toEqual([400, ['INVALID_TEXT']]);
    expect(answer.body.errors?.[0]?.message).toMatch('U+0000');
    expect(database.statements).toEqual([]);
  });

  it('with half a character are searched for, and not found', async () => {
    const answer = await server.ask(
      'query ($x: String!) { search(query: $x) { totalCount } people(where: { name: { eq: $x } }) { totalCount } }',
      { x: '\ud800' },
    );
    expect(answer.body).toEqual({ data: { search: { totalCount: 0 }, people: { totalCount: 0 } } });
  });
});

describe('a request that takes too long', () => {
  it('is given up, and the server goes on', async () => {
    const silent = new Proxy(database.prisma, {
      get: (target, name) =>
        name === 'person' ? { findMany: () => new Promise(() => {}), count: () => new Promise(() => {}) } : Reflect.get(target, name),
    });
    const impatient = await startServer({ ...database, prisma: silent }, readConfig({ LIMIT_TIMEOUT_MS: '20' }).limits);
    others.push(impatient);
    const answers = await Promise.all([
      impatient.ask('{ people { nodes { name } } }'),
      impatient.ask('{ people { totalCount } }'),
      impatient.ask('{ __typename }'),
    ]);
    expect(answers.map(({ status, codes }) => [status, codes])).toEqual([
      [503, ['TIMEOUT']],
      [503, ['TIMEOUT']],
      [200, []],
    ]);
    expect(answers[0]?.body.errors).toEqual([
      { message: expect.stringMatching(/^The request took more than 20 ms/), extensions: { code: 'TIMEOUT', limit: 20 } },
    ]);
    expect((await impatient.ask('{ __typename }')).body).toEqual({ data: { __typename: 'Query' } });
    expect((await impatient.fetch('/ready')).status).toBe(200);
    expect(impatient.log.filter(({ level }) => level > 30)).toEqual([]);
  });
});

describe('the measure of an operation', () => {
  const seeds = Array.from({ length: 300 }, (_, i) => seed + i);

  it('is that of the same operation with all fragments written out, counted field by field', () => {
    let withFragments = 0;
    let deepest = 0;
    for (const each of seeds) {
      const operation = randomOperation(schema, each);
      const { nodes, entities, ...counted } = measured(operation);
      const plain = unfolded(operation);
      expect(counted, operation).toEqual(naiveCount(plain));
      expect([nodes, entities], operation).toEqual([measured(plain).nodes, 0]);
      if (operation.includes('fragment')) withFragments++;
      deepest = Math.max(deepest, counted.depth);
    }
    expect(withFragments).toBeGreaterThan(seeds.length / 4);
    expect(deepest).toBeGreaterThan(6);
  });
});
