import { createHash } from 'node:crypto';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashOf } from '../../src/auth/secret.ts';
import { createToken, type TokenInput } from '../../src/auth/write.ts';
import { type HttpAnswer, type RunningServer, startServer } from '../server/start.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const viewer = '{ viewer { account role permissions } }';
const create = `mutation ($input: CreateTokenInput!) {
  createToken(input: $input) { token { name account role createdBy expiresAt revokedAt } secret errors { code message path } }
}`;
const revoke = `mutation ($name: String!) {
  revokeToken(input: { name: $name }) { token { name revokedAt } errors { code message path } }
}`;

let database: TestDatabase;
let server: RunningServer;
let admin: string;

beforeAll(async () => {
  database = await openTestDatabase();
  server = await startServer(database);
});

beforeEach(async () => {
  await database.raw('DELETE FROM "Token"');
  admin = await make('admin', 'ADMIN');
  server.log.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

/** A token's secret. */
async function make(name: string, role: TokenInput['role'], expiresAt?: Date): Promise<string> {
  return (await createToken(database.prisma, { name, role, expiresAt }, null)).secret;
}

/** What a mutation answered, of which no field had an error of its own. */
function done({ status, body }: HttpAnswer): Record<string, unknown> {
  expect([status, body.errors]).toEqual([200, undefined]);
  return Object.values(body.data ?? {})[0] as Record<string, unknown>;
}

const inADay = () => new Date(Date.now() + 24 * 60 * 60 * 1000);

describe('viewer', () => {
  it.each([
    ['READER', ['READ']],
    ['CONTRIBUTOR', ['READ', 'CONTRIBUTE']],
    ['EDITOR', ['READ', 'CONTRIBUTE', 'EDIT']],
    ['ADMIN', ['READ', 'CONTRIBUTE', 'EDIT', 'ADMINISTER']],
  ] as const)('is an account with the role %s', async (role, permissions) => {
    const answer = await server.askAs(await make('desk-1.b_c', role), viewer);
    expect(answer.body).toEqual({ data: { viewer: { account: 'token:desk-1.b_c', role, permissions } } });
  });

  it('is nobody without a token', async () => {
    expect((await server.ask(viewer)).body).toEqual({ data: { viewer: { account: null, role: 'READER', permissions: ['READ'] } } });
  });
});

describe('a header', () => {
  const taken = ['Bearer TOKEN', 'bearer TOKEN', 'BEARER   TOKEN', 'Bearer TOKEN '];
  it.each(taken)('%j is taken', async (header) => {
    expect(await ask(header.replace('TOKEN', admin))).toMatchObject({
      status: 200,
      body: { data: { viewer: { account: 'token:admin' } } },
    });
  });

  const malformed = ['', 'Bearer', 'TOKEN', 'BearerTOKEN', 'Bearer: TOKEN', 'Bearer "TOKEN"', 'Bearer TOKEN TOKEN', 'Bearer TOKEN, TOKEN'];
  const others = ['Basic dG9rZW46YWRtaW4=', 'Token TOKEN', 'Digest username="admin"', 'Bearer töken'];
  it.each([...malformed, ...others])('%j is refused', async (header) => {
    const answer = await ask(header.replaceAll('TOKEN', admin));
    expectRefused(answer, 'The header `Authorization` is not `Bearer <token>`.');
  });

  it.each([
    'Bearer vbt_',
    'Bearer vbt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'Bearer HASH',
    'Bearer vbt_HASH',
    'Bearer TOKEN=',
    'Bearer admin',
    'Bearer token:admin',
  ])('%j is refused: the token is none', async (header) => {
    if (header.includes(':')) expectRefused(await ask(header), 'The header `Authorization` is not `Bearer <token>`.');
    else expectRefused(await ask(header.replace('HASH', hashOf(admin)).replace('TOKEN', admin)));
  });

  const ask = (authorization: string) =>
    server.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query: viewer }),
    });

  it('is refused before the request is read, whatever it is', async () => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer vbt_x' };
    expectRefused(await server.fetch('/graphql?query={viewer{role}}', { headers }));
    expectRefused(await server.fetch('/graphql', { method: 'POST', headers, body: '{"query": "{ nothing' }));
    expectRefused(await server.fetch('/graphql', { method: 'POST', headers, body: '{"query": "{ nothing }"}' }));
    expectRefused(await server.fetch('/graphql', { method: 'POST', headers: { ...headers, 'content-type': 'text/plain' }, body: 'x' }));
  });

  it('is not needed to see whether the server is well', async () => {
    for (const path of ['/health', '/ready']) {
      expect((await server.fetch(path, { headers: { authorization: 'Bearer vbt_x' } })).status).toBe(200);
    }
  });
});

function expectRefused(
  answer: HttpAnswer,
  message = 'The token in the header `Authorization` is not one that this server takes, or no longer.',
): void {
  expect([answer.status, answer.codes, answer.headers.get('www-authenticate')]).toEqual([401, ['UNAUTHENTICATED'], 'Bearer']);
  expect(answer.body).toEqual({ errors: [{ message, extensions: { code: 'UNAUTHENTICATED' } }] });
}

describe('the life of a token', () => {
  it('goes from its creation to its revocation', async () => {
    const expiresAt = inADay().toISOString();
    const created = done(await server.askAs(admin, create, { input: { name: 'desk', role: 'EDITOR', expiresAt } }));
    expect(created).toEqual({
      token: { name: 'desk', account: 'token:desk', role: 'EDITOR', createdBy: 'token:admin', expiresAt, revokedAt: null },
      secret: expect.stringMatching(/^vbt_[\w-]{43}$/),
      errors: [],
    });
    const secret = String(created.secret);
    expect((await server.askAs(secret, viewer)).body.data).toMatchObject({ viewer: { account: 'token:desk', role: 'EDITOR' } });

    const revoked = done(await server.askAs(admin, revoke, { name: 'desk' }));
    expect(revoked).toEqual({ token: { name: 'desk', revokedAt: expect.any(String) }, errors: [] });
    expectRefused(await server.askAs(secret, viewer));

    // The desk gets another, and is the same account.
    const renewed = done(await server.askAs(admin, create, { input: { name: 'desk', role: 'CONTRIBUTOR' } }));
    expect(renewed.secret).not.toBe(secret);
    expect((await server.askAs(String(renewed.secret), viewer)).body.data).toMatchObject({
      viewer: { account: 'token:desk', role: 'CONTRIBUTOR' },
    });
    expectRefused(await server.askAs(secret, viewer));
  });

  it('ends when it expires', async () => {
    const secret = await make('desk', 'EDITOR', inADay());
    expect((await server.askAs(secret, viewer)).status).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 60 * 60 * 1000 - 1_000 });
    expect((await server.askAs(secret, viewer)).status).toBe(200);
    vi.setSystemTime(Date.now() + 2_000);
    expectRefused(await server.askAs(secret, viewer));
  });

  it('is kept as a hash, and told to nobody again', async () => {
    const { secret } = done(await server.askAs(admin, create, { input: { name: 'desk', role: 'EDITOR' } }));
    await server.askAs(String(secret), viewer);
    await server.askAs('vbt_wrong-and-never-logged', viewer);
    const [row] = await database.raw(`SELECT hash, to_jsonb(t)::text AS whole FROM "Token" AS t WHERE name = 'desk'`);
    expect(row?.hash).toBe(createHash('sha256').update(String(secret)).digest('hex'));
    const list = await server.askAs(admin, '{ tokens { nodes { name account role createdAt createdBy expiresAt revokedAt lastUsedAt } } }');
    for (const text of [String(row?.whole), list.text, JSON.stringify(server.log)]) {
      for (const each of [String(secret), admin, 'never-logged']) expect(text).not.toContain(each.replace('vbt_', ''));
    }
    for (const text of [list.text, JSON.stringify(server.log)]) expect(text).not.toContain(String(row?.hash));
    expect(server.log.filter(({ msg }) => msg.startsWith('a token'))).toMatchObject([
      { level: 30, msg: 'a token was created', token: 'desk', by: 'token:admin' },
    ]);
  });

  it('is noted when it is used, once a minute', async () => {
    const used = async () => (await database.prisma.token.findFirstOrThrow({ where: { name: 'admin' } })).lastUsedAt?.getTime();
    expect(await used()).toBeUndefined();
    await server.askAs(admin, viewer);
    await expect.poll(used).toBeTypeOf('number');
    const first = (await used()) ?? 0;
    vi.useFakeTimers({ toFake: ['Date'], now: first + 59_000 });
    database.statements.length = 0;
    await server.askAs(admin, viewer);
    expect(database.statements).toHaveLength(1);
    vi.setSystemTime(first + 61_000);
    await server.askAs(admin, viewer);
    await expect.poll(used).toBe(first + 61_000);
  });
});

describe('what can’t be done', () => {
  it.each<[name: string, input: object, code: string, path: string[], message: RegExp]>([
    ['a name that is in use', { name: 'admin', role: 'READER' }, 'TAKEN', ['name'], /^There is a token "admin" already\. Revoke it first/],
    ...['', 'Desk', 'my desk', '-desk', 'désk', 'desk\n', 'd'.repeat(64), 'token:desk'].map(
      (name): [string, object, string, string[], RegExp] => [
        `the name ${JSON.stringify(name)}`,
        { name, role: 'READER' },
        'INVALID_VALUE',
        ['name'],
        /can’t name a token\. Use up to 63/,
      ],
    ),
    [
      'an instant that is past',
      { name: 'desk', role: 'READER', expiresAt: '2020-01-01T00:00:00Z' },
      'INVALID_VALUE',
      ['expiresAt'],
      /have expired already/,
    ],
  ])('is to create one with %s', async (_name, input, code, path, message) => {
    expect(done(await server.askAs(admin, create, { input }))).toEqual({
      token: null,
      secret: null,
      errors: [{ code, path, message: expect.stringMatching(message) }],
    });
    expect(await database.prisma.token.count()).toBe(1);
  });

  it('is to create two by the same name at once', async () => {
    const input = { name: 'desk', role: 'EDITOR' };
    const answers = await Promise.all(Array.from({ length: 4 }, () => server.askAs(admin, create, { input })));
    const secrets = answers.map((answer) => done(answer).secret).filter((secret) => secret !== null);
    expect(secrets).toHaveLength(1);
    expect((await server.askAs(String(secrets[0]), viewer)).status).toBe(200);
  });

  it('is to revoke one that is not there, or was revoked', async () => {
    await make('desk', 'EDITOR');
    for (const [name, errors] of [
      ['nobody', 1],
      ['desk', 0],
      ['desk', 1],
    ] as const) {
      const answer = done(await server.askAs(admin, revoke, { name }));
      expect(answer.errors).toHaveLength(errors);
      if (errors) expect(answer).toMatchObject({ token: null, errors: [{ code: 'NOT_FOUND', path: ['name'] }] });
    }
  });

  it('is to revoke the last one of an administrator', async () => {
    await make('expiring', 'ADMIN', inADay());
    const refused = {
      token: null,
      errors: [{ code: 'LAST_ADMIN', path: ['name'], message: expect.stringMatching(/Create another token/) }],
    };
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 24 * 60 * 60 * 1000 });
    expect(done(await server.askAs(admin, revoke, { name: 'admin' }))).toEqual(refused);
    expect((await server.askAs(admin, viewer)).status).toBe(200);
    await make('other', 'ADMIN');
    expect(done(await server.askAs(admin, revoke, { name: 'admin' }))).toMatchObject({ errors: [] });
    expectRefused(await server.askAs(admin, viewer));
  });

  it('is for two administrators to revoke each other at once', async () => {
    const other = await make('other', 'ADMIN');
    await Promise.all([server.askAs(admin, revoke, { name: 'other' }), server.askAs(other, revoke, { name: 'admin' })]);
    expect(await database.prisma.token.count({ where: { revokedAt: null } })).toBe(1);
  });

  const operations: [name: string, ask: (as: RunningServer['ask']) => Promise<HttpAnswer>, field: string][] = [
    ['tokens', (as) => as('{ tokens { totalCount nodes { name } } }'), 'tokens'],
    ['createToken', (as) => as(create, { input: { name: 'mine', role: 'ADMIN' } }), 'createToken'],
    ['revokeToken', (as) => as(revoke, { name: 'admin' }), 'revokeToken'],
  ];

  it.each(operations)('is %s for someone who is no administrator', async (_name, ask, field) => {
    const anonymous = await ask(server.ask);
    expect([anonymous.status, anonymous.codes, anonymous.body.errors?.[0]?.path]).toEqual([200, ['UNAUTHENTICATED'], [field]]);
    for (const role of ['READER', 'CONTRIBUTOR', 'EDITOR'] as const) {
      const secret = await make(role.toLowerCase(), role);
      const answer = await ask((query, variables) => server.askAs(secret, query, variables));
      expect([answer.status, answer.codes, answer.body.errors?.[0]?.path]).toEqual([200, ['FORBIDDEN'], [field]]);
      expect(answer.body.errors?.[0]?.message).toMatch(new RegExp(`has the role ${role}, .* needs the permission ADMINISTER`));
    }
    expect(await database.prisma.token.count({ where: { OR: [{ name: 'mine' }, { revokedAt: { not: null } }] } })).toBe(0);
  });
});

describe('the list of tokens', () => {
  it('has all of them by name, in pages', async () => {
    for (const name of ['c', 'a', 'b']) await make(name, 'READER');
    done(await server.askAs(admin, revoke, { name: 'b' }));
    const seen: unknown[] = [];
    for (let after: unknown = null, more: unknown = true; more; ) {
      const query = `query ($after: String) { tokens(first: 3, after: $after) { totalCount nodes { name revokedAt } pageInfo { hasNextPage endCursor } } }`;
      const page = done(await server.askAs(admin, query, { after })) as {
        totalCount: number;
        nodes: { name: string; revokedAt: string | null }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      expect(page.totalCount).toBe(4);
      seen.push(...page.nodes.map(({ name, revokedAt }) => `${name}${revokedAt ? ' (revoked)' : ''}`));
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(['a', 'admin', 'b (revoked)', 'c']);
  });
});

describe('a server that is closed', () => {
  let closed: RunningServer;

  beforeAll(async () => {
    closed = await startServer(database, {}, { readWithoutToken: false });
  });
  afterAll(() => closed?.close());

  it.each([
    ['a query', '{ people { totalCount } }'],
    ['the schema', getIntrospectionQuery()],
    ['a name', '{ __typename }'],
    ['a mistake, which tells of the schema', '{ peopl }'],
    ['no GraphQL', '{'],
    ['who one is', viewer],
  ])('answers nobody without a token: %s', async (_name, query) => {
    expectRefused(await closed.ask(query), 'Reading needs a token here. Send one in the header `Authorization: Bearer <token>`.');
    const secret = await make('reader', 'READER');
    expect((await closed.askAs(secret, query)).status).toBe(200);
  });

  it('shows the playground, and that it is well', async () => {
    const page = await closed.fetch('/graphql', { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html']);
    for (const path of ['/health', '/ready']) expect((await closed.fetch(path)).status).toBe(200);
  });
});
