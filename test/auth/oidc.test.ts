import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { createToken } from '../../src/auth/write.ts';
import { readConfig } from '../../src/config.ts';
import { type HttpAnswer, type RunningServer, startServer } from '../server/start.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { audience, type Provider, startProvider } from './provider.ts';

const viewer = '{ viewer { account role permissions } }';

let database: TestDatabase;
let provider: Provider;
let server: RunningServer;

beforeAll(async () => {
  database = await openTestDatabase();
  provider = await startProvider();
  server = await startWith(provider);
});

afterAll(async () => {
  await server?.close();
  await provider?.close();
  await database?.close();
});

afterEach(() => {
  vi.useRealTimers();
  provider.broken = undefined;
  provider.asked.length = 0;
  server.log.length = 0;
});

function startWith({ issuer }: Pick<Provider, 'issuer'>, more: Record<string, string> = {}): Promise<RunningServer> {
  return startServer(database, {}, { oidc: readConfig({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, ...more }).oidc });
}

/** A while later, as the clock tells. */
function later(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
}

function expectRefused(answer: HttpAnswer): void {
  expect([answer.status, answer.codes, answer.headers.get('www-authenticate')]).toEqual([401, ['UNAUTHENTICATED'], 'Bearer']);
  expect(answer.body.errors?.[0]?.message).toBe('The token in the header `Authorization` is not one that this server takes, or no longer.');
}

/** No part of a token that could be used stands in the log. */
function expectSecret(token: string, { log }: RunningServer): void {
  const text = JSON.stringify(log);
  for (const part of token.split('.').filter((each) => each.length > 20)) expect(text).not.toContain(part);
}

describe('a JWT', () => {
  it('is that of an account; the keys are fetched once, when the first one comes', async () => {
    expect((await server.ask(viewer)).body.data).toEqual({ viewer: { account: null, role: 'READER', permissions: ['READ'] } });
    expect(provider.asked).toEqual([]);
    const token = await provider.sign({ role: 'editor' });
    const answers = await Promise.all([server.askAs(token, viewer), server.askAs(token, viewer), server.askAs(token, viewer)]);
    for (const answer of answers) {
      expect([answer.status, answer.body]).toEqual([
        200,
        { data: { viewer: { account: 'oidc:ana', role: 'EDITOR', permissions: ['READ', 'CONTRIBUTE', 'EDIT'] } } },
      ]);
    }
    expect(provider.asked).toEqual(['/realms/desk/.well-known/openid-configuration', '/keys']);
    expectSecret(token, server);
  });

  it.each(['RS512', 'PS256', 'ES256', 'ES384', 'EdDSA'])('may be signed with %s', async (alg) => {
    const other = await startProvider();
    await other.rotate({ alg });
    const its = await startWith(other);
    expect((await its.askAs(await other.sign(), viewer)).body.data).toMatchObject({ viewer: { account: 'oidc:ana', role: 'READER' } });
    await its.close();
    await other.close();
  });

  it('may be signed with a new key, and with none that was withdrawn', async () => {
    const before = await provider.sign();
    expect((await server.askAs(before, viewer)).status).toBe(200);
    later(31);
    await provider.rotate();
    expect((await server.askAs(await provider.sign(), viewer)).status).toBe(200);
    expect((await server.askAs(before, viewer)).status).toBe(200);
    later(62);
    await provider.rotate({ withdraw: true });
    expect((await server.askAs(await provider.sign(), viewer)).status).toBe(200);
    expectRefused(await server.askAs(before, viewer));
    expect(provider.asked).toEqual(['/keys', '/keys']);
  });

  it('that names keys at random doesn’t have them fetched again and again', async () => {
    await server.askAs(await provider.sign(), viewer);
    for (let i = 0; i < 5; i++) expectRefused(await server.askAs(await provider.sign({}, { kid: `made-up-${i}` }), viewer));
    expect(provider.asked.length).toBeLessThan(2);
  });

  const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

  it.each<[name: string, make: () => Promise<string> | string]>([
    ['of another issuer', () => provider.sign({ iss: 'https://id.example.org' })],
    ['of an issuer that is nearly the same', () => provider.sign({ iss: `${provider.issuer}/` })],
    ['of no issuer', () => provider.sign({ iss: undefined })],
    ['for another audience', () => provider.sign({ aud: 'another' })],
    ['for no audience', () => provider.sign({ aud: undefined })],
    ['that expired', () => provider.sign({ exp: inSeconds(-60) })],
    ['that does not expire', () => provider.sign({ exp: undefined })],
    ['that is not valid yet', () => provider.sign({ nbf: inSeconds(120) })],
    ['of nobody', () => provider.sign({ sub: undefined })],
    ['of an empty subject', () => provider.sign({ sub: '' })],
    ['of a subject with a line’s end', () => provider.sign({ sub: 'ana\nadmin' })],
    ['of a subject with U+0000', () => provider.sign({ sub: 'ana\u0000' })],
    ['of a subject without an end', () => provider.sign({ sub: 'a'.repeat(256) })],
    ['that tells of a logout', () => provider.sign({}, { typ: 'logout+jwt' })],
    ['without a signature', async () => (await provider.sign()).replace(/[^.]*$/, '')],
    ['whose claims were changed', async () => changed(await provider.sign({ role: 'reader' }), { role: 'admin' })],
    ['that is said to need no signature', () => unsigned()],
    ['signed with the public key as a password', () => withPublicKey()],
    [
      'signed by someone else under the name of the key',
      async () => {
        const other = await startProvider();
        const token = await other.sign({ iss: provider.issuer }, { kid: provider.kid() });
        await other.close();
        return token;
      },
    ],
    ['that is none', () => 'eyJhbGciOiJSUzI1NiJ9.e30.x'],
    ['with too few parts', () => 'eyJhbGciOiJSUzI1NiJ9.e30'],
    ['with parts that are no JSON', () => 'x.y.z'],
  ])('%s is refused', async (_name, make) => {
    const token = await make();
    const answer = await server.askAs(token, viewer);
    expectRefused(answer);
    expectSecret(token, server);
    expect(server.log.filter(({ level }) => level > 30)).toEqual([]);
    // Whoever runs the server finds out why.
    expect(server.log.find(({ msg }) => msg === 'a JWT was refused')).toMatchObject({ code: expect.stringMatching(/^ERR_/) });
  });

  const changed = (token: string, claims: object) => {
    const [head, body = '', signature] = token.split('.');
    const all = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), ...claims };
    return [head, Buffer.from(JSON.stringify(all)).toString('base64url'), signature].join('.');
  };
  const claims = () => ({ iss: provider.issuer, aud: audience, sub: 'ana', exp: inSeconds(300), role: 'admin' });
  const unsigned = () => new UnsecuredJWT(claims()).encode();
  const withPublicKey = async () =>
    new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', kid: provider.kid(), typ: 'JWT' })
      .sign(new TextEncoder().encode(await provider.publicKey()));

  it('is taken for half a minute more, since clocks differ', async () => {
    expect((await server.askAs(await provider.sign({ exp: inSeconds(-5) }), viewer)).status).toBe(200);
  });

  it('may be for several audiences, and say that it is an access token', async () => {
    const token = await provider.sign({ aud: ['another', audience] }, { typ: 'at+jwt' });
    expect((await server.askAs(token, viewer)).status).toBe(200);
  });

  it('is not looked at when no provider is configured', async () => {
    const alone = await startServer(database);
    expectRefused(await alone.askAs(await provider.sign(), viewer));
    expect(provider.asked).toEqual([]);
    await alone.close();
  });
});

describe('the role', () => {
  const realm = (roles: unknown) => ({ realm_access: { roles } });

  it.each<[claim: string, claims: Record<string, unknown>, role: string]>([
    ['role', {}, 'READER'],
    ['role', { role: 'admin' }, 'ADMIN'],
    ['role', { role: 'Contributor' }, 'CONTRIBUTOR'],
    ['role', { role: ['offline_access', 'contributor', 'EDITOR', 'reader'] }, 'EDITOR'],
    ['role', { role: [] }, 'READER'],
    ['role', { role: 'owner' }, 'READER'],
    ['role', { role: 'admin editor' }, 'READER'],
    ['role', { role: null }, 'READER'],
    ['role', { role: 4 }, 'READER'],
    ['role', { role: { name: 'admin' } }, 'READER'],
    ['role', { role: [['admin']] }, 'READER'],
    ['role', { roles: 'admin' }, 'READER'],
    ['realm_access.roles', realm(['editor', 'uma_authorization']), 'EDITOR'],
    ['realm_access.roles', realm('admin'), 'ADMIN'],
    ['realm_access.roles', { realm_access: null }, 'READER'],
    ['realm_access.roles', { realm_access: 'admin' }, 'READER'],
    ['https://verbatim.example/role', { 'https://verbatim.example/role': 'editor' }, 'EDITOR'],
    ['constructor.name', {}, 'READER'],
    ['__proto__', {}, 'READER'],
  ])('in %s of %j is %s', async (claim, claims, role) => {
    const its = await startWith(provider, { OIDC_ROLE_CLAIM: claim });
    const answer = await its.askAs(await provider.sign(claims), viewer);
    expect(answer.body.data).toMatchObject({ viewer: { account: 'oidc:ana', role } });
    await its.close();
  });
});

test('an administrator who came through the provider may revoke the last token of one', async () => {
  await createToken(database.prisma, { name: 'admin', role: 'ADMIN' }, null);
  const revoke = 'mutation { revokeToken(input: { name: "admin" }) { token { revokedAt } errors { code } } }';
  const answer = await server.askAs(await provider.sign({ role: 'admin' }), revoke);
  expect(answer.body).toEqual({ data: { revokeToken: { token: { revokedAt: expect.any(String) }, errors: [] } } });
});

describe('a provider', () => {
  async function expectUnavailable(running: RunningServer, token: string): Promise<void> {
    const answer = await running.askAs(token, viewer);
    expect([answer.status, answer.codes]).toEqual([503, ['IDENTITY_PROVIDER_UNAVAILABLE']]);
    expect(running.log.find(({ level }) => level === 50)).toMatchObject({ msg: 'the identity provider can’t be asked for its keys' });
    expectSecret(token, running);
  }

  it('that is away makes its JWTs wait, and no one else', async () => {
    const away = await startProvider();
    const token = await away.sign();
    await away.close();
    const its = await startWith(away);
    await expectUnavailable(its, token);
    expect((await its.ask(viewer)).status).toBe(200);
    await its.close();
  });

  it.each([
    ['an error', { status: 500, body: 'no' }],
    ['something else', { status: 200, body: '<html>' }],
    ['JSON that has no keys', { status: 200, body: '{}' }],
    ['another address', { status: 302, body: '' }],
  ])('that answers with %s is asked again', async (_name, broken) => {
    const ways: Record<string, string>[] = [{}, { OIDC_JWKS_URL: `${new URL(provider.issuer).origin}/keys` }];
    for (const more of ways) {
      const its = await startWith(provider, more);
      const token = await provider.sign();
      provider.broken = broken;
      await expectUnavailable(its, token);
      provider.broken = undefined;
      expect((await its.askAs(token, viewer)).status).toBe(200);
      await its.close();
    }
  });

  it('that is configured under another name is not believed', async () => {
    const other = await startProvider({ issuer: 'https://id.example.org' });
    const its = await startWith(other);
    await expectUnavailable(its, await other.sign());
    expect(JSON.stringify(its.log)).toContain('OIDC_ISSUER');
    await its.close();
    await other.close();
  });

  it('is asked for its keys alone when their address is given', async () => {
    const its = await startWith(provider, { OIDC_JWKS_URL: `${new URL(provider.issuer).origin}/keys` });
    expect((await its.askAs(await provider.sign(), viewer)).status).toBe(200);
    expect(provider.asked).toEqual(['/keys']);
    await its.close();
  });
});
