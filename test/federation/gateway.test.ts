import { createHmac } from 'node:crypto';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatewayGuard } from '../../src/auth/gateway.ts';
import { createToken } from '../../src/auth/write.ts';
import { readConfig } from '../../src/config.ts';
import { createPerson } from '../../src/people/write.ts';
import { subgraphSdl } from '../../src/schema.ts';
import { type RunningServer, startServer } from '../server/start.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const secret = 'a secret of the gateway and of Verbatim';
const service = '{ _service { sdl } }';
const entities = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Person { name } } }';

let database: TestDatabase;
const running: RunningServer[] = [];

async function serve(variables: Record<string, string> = {}): Promise<RunningServer> {
  const { limits, ...config } = readConfig(variables);
  const server = await startServer(database, limits, config);
  running.push(server);
  return server;
}

beforeAll(async () => {
  database = await openTestDatabase();
  for (const [name, status, value] of [
    ['Ana', 'PUBLISHED', 'Q1'],
    ['Drafted', 'DRAFT', 'Q2'],
  ] as const) {
    await createPerson(database.prisma, { status, name, sortName: name, identifiers: [{ scheme: 'wikidata', value }] });
  }
});

afterAll(async () => {
  await Promise.all(running.map((server) => server.close()));
  await database?.close();
});

const representations = ['Q1', 'Q2'].map((wikidataId) => ({ wikidataId, __typename: 'Person' }));

/** Posts a request with these headers. */
const post = (server: RunningServer, body: object, headers: Record<string, string> = {}) =>
  server.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

/** A request with the signature that Hive Gateway makes of this text. */
const signed = (query: string, variables: object | undefined, text: string, by = secret) => ({
  query,
  variables,
  extensions: { 'hmac-signature': createHmac('sha256', by).update(text).digest('base64') },
});

// The keys of objects in order, as json-stable-stringify has them.
const canonical = `{"query":${JSON.stringify(entities)},"variables":{"representations":[{"__typename":"Person","wikidataId":"Q1"},{"__typename":"Person","wikidataId":"Q2"}]}}`;

describe('with GATEWAY_SECRET', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await serve({ GATEWAY_SECRET: secret });
  });

  test('what is for gateways is answered to the gateway alone, and the rest to everyone', async () => {
    const ways = [
      service,
      `query A { ...B } fragment B on Query { a: _service { sdl } }`,
      '{ people { totalCount } ... { _entities(representations: []) { __typename } } }',
    ];
    for (const query of ways) {
      const answer = await post(server, { query });
      expect([answer.status, answer.body.data, answer.codes], query).toEqual([403, undefined, ['GATEWAY_REQUIRED']]);
    }
    const inUrl = await server.fetch(`/graphql?query=${encodeURIComponent(service)}`);
    expect([inUrl.status, inUrl.codes]).toEqual([403, ['GATEWAY_REQUIRED']]);
    expect((await post(server, { query: '{ people { totalCount } }' })).body).toEqual({ data: { people: { totalCount: 1 } } });
  });

  test('the gateway shows the secret, or signs', async () => {
    const header = { 'gateway-authorization': `Bearer ${secret}` };
    const found = { data: { _entities: [{ name: 'Ana' }, null] } };
    expect((await post(server, { query: entities, variables: { representations } }, header)).body).toEqual(found);
    expect((await post(server, signed(entities, { representations }, canonical))).body).toEqual(found);
    const bare = signed(service, undefined, JSON.stringify({ query: service }));
    for (const body of [bare, { ...bare, variables: {} }, { ...bare, variables: null }])
      expect((await post(server, body)).codes).toEqual([]);
    const inUrl = new URLSearchParams({ query: service, extensions: JSON.stringify(bare.extensions) });
    expect((await server.fetch(`/graphql?${inUrl}`)).codes).toEqual([]);
  });

  test('a wrong secret or signature is refused, whatever it is for', async () => {
    const wrong: [body: object, headers?: Record<string, string>][] = [
      [{ query: service }, { 'gateway-authorization': secret }],
      [{ query: service }, { 'gateway-authorization': `Bearer ${secret}x` }],
      [{ query: '{ people { totalCount } }' }, { 'gateway-authorization': 'Bearer ' }],
      [signed(entities, { representations }, canonical, 'another secret of some other gateway')],
      // Signed for other variables, or for another query.
      [signed(entities, { representations: representations.slice(1) }, canonical)],
      [signed('{ people { totalCount } }', { representations }, canonical)],
      [{ query: service, extensions: { 'hmac-signature': null } }],
      [{ query: service, extensions: { 'hmac-signature': [''] } }],
    ];
    for (const [body, headers] of wrong) {
      const answer = await post(server, body, headers);
      expect([answer.status, answer.codes], JSON.stringify(body).slice(0, 200)).toEqual([403, ['GATEWAY_REQUIRED']]);
    }
    const deep = `{"query":"${service}","variables":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}},"extensions":{"hmac-signature":""}}`;
    const answer = await server.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: deep });
    expect([answer.status, answer.codes]).toEqual([403, ['GATEWAY_REQUIRED']]);
    expect(JSON.stringify(server.log)).not.toMatch(secret);
  });

  test('the end user’s token decides what is seen, and not the gateway’s trust', async () => {
    const { secret: token } = await createToken(database.prisma, { name: 'desk', role: 'EDITOR' }, null);
    const header = { 'gateway-authorization': `Bearer ${secret}` };
    const body = { query: entities, variables: { representations } };
    const answer = await post(server, body, { ...header, authorization: `Bearer ${token}` });
    expect(answer.body).toEqual({ data: { _entities: [{ name: 'Ana' }, { name: 'Drafted' }] } });
    expect((await post(server, body, { ...header, authorization: 'Bearer vbt_none' })).codes).toEqual(['UNAUTHENTICATED']);
  });

  test('the gateway may ask for more records at once', async () => {
    const small = await serve({ GATEWAY_SECRET: secret, LIMIT_NODES: '50', LIMIT_GATEWAY_NODES: '60' });
    const header = { 'gateway-authorization': `Bearer ${secret}` };
    const people = (first: number) => ({ query: `{ people(first: ${first}) { totalCount } }` });
    expect((await post(small, people(51))).codes).toEqual(['TOO_MANY_NODES']);
    expect((await post(small, people(60), header)).codes).toEqual([]);
    expect((await post(small, people(61), header)).codes).toEqual(['TOO_MANY_NODES']);
  });

  test('operations that came another way than over HTTP are looked at as well', () => {
    const guard = gatewayGuard({ secret, only: false });
    const args = { document: parse(service), contextValue: {} };
    expect(() => guard?.check(args)).toThrow('the gateway alone');
    expect(() => guard?.check({ ...args, contextValue: { isGateway: true } })).not.toThrow();
  });
});

test('with GATEWAY_ONLY nobody else is answered, not even with what is wrong in a query, and the playground’s page stays', async () => {
  const server = await serve({ GATEWAY_SECRET: secret, GATEWAY_ONLY: 'true' });
  for (const query of ['{ people { totalCount } }', '{ __typename }', '{ peopl }', '{', '{ __schema { types { name } } }']) {
    const answer = await post(server, { query });
    expect([answer.status, answer.codes], query).toEqual([403, ['GATEWAY_REQUIRED']]);
  }
  const header = { 'gateway-authorization': `Bearer ${secret}` };
  expect((await post(server, { query: '{ people { totalCount } }' }, header)).body).toEqual({ data: { people: { totalCount: 1 } } });
  expect((await post(server, { query: '{ peopl }' }, header)).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  const page = await server.fetch('/graphql', { headers: { accept: 'text/html' } });
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringMatching('text/html')]);
  expect((await server.fetch('/ready')).status).toBe(200);
});

describe('FEDERATION_NODE', () => {
  const node = '{ __typename a: __type(name: "Query") { fields { name } } }';
  const fieldsOf = (answer: { text: string }) => ['node', 'nodes'].filter((name) => answer.text.includes(`{"name":"${name}"}`));

  test.each([
    ['own', ['node', 'nodes'], /\bnode\(id: ID!\): Node\n/],
    ['inaccessible', ['node', 'nodes'], /\bnode\(id: ID!\): Node @inaccessible\n/],
    ['off', [], undefined],
  ] as const)('%s', async (setting, names, inSdl) => {
    const server = await serve({ FEDERATION_NODE: setting });
    expect(fieldsOf(await server.ask(node))).toEqual(names);
    const { sdl } = ((await server.ask(service)).body.data?._service ?? {}) as { sdl: string };
    expect(sdl).toBe(await subgraphSdl(setting));
    const bare = sdl.replace(/^ *"""[\s\S]*?"""\n/gm, '').replace(/\(\s+id: ID!\s+\)/g, '(id: ID!)');
    if (inSdl) expect(bare).toMatch(inSdl);
    else expect(bare).not.toMatch(/ nodes?\(/);
    expect(bare).toMatch('interface Node');
    expect(bare).not.toMatch(/_entities|_service|_Any|@oneOf/);
    expect((await server.ask('{ node(id: "x") { id } }')).codes).toEqual(names.length > 0 ? ['INVALID_ID'] : ['GRAPHQL_VALIDATION_FAILED']);
  });
});
