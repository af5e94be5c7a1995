import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { Refusal } from '../../src/refusal.ts';

const limits = [
  'BODY_BYTES',
  'IMPORT_BYTES',
  'TOKENS',
  'DEPTH',
  'ALIASES',
  'ROOT_FIELDS',
  'NODES',
  'GATEWAY_NODES',
  'ENTITIES',
  'INPUT_DEPTH',
  'INPUT_VALUES',
  'TIMEOUT_MS',
  'CONNECTIONS',
  'OPERATIONS',
  'IDLE_MS',
  'SUBSCRIPTIONS_PER_IDENTITY',
  'SUBSCRIPTIONS',
  'SUBSCRIPTION_MS',
  'SUBSCRIPTION_LAG',
];
const most: Record<string, number> = { TIMEOUT_MS: 600_000, IDLE_MS: 86_400_000, SUBSCRIPTION_MS: 86_400_000 };
const oidc = ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_JWKS_URL', 'OIDC_ROLE_CLAIM'];

function refusalOf(variables: Record<string, string>): string {
  try {
    readConfig(variables);
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return (error as Refusal).message;
  }
  throw new Error('It was not refused.');
}

describe('the configuration', () => {
  const standard = readConfig({});

  it('has a value for everything that is not set', () => {
    expect(standard).toMatchObject({ port: 4000, host: '127.0.0.1', databaseUrl: undefined, dataDir: '.verbatim', logLevel: 'info' });
    expect(standard).toMatchObject({ readWithoutToken: true, corsOrigins: [], cacheMaxAge: 0, oidc: undefined });
    expect(standard).toMatchObject({ persistedDocuments: undefined, persistedDocumentsOnly: false });
    expect(standard).toMatchObject({ federationNode: 'own', gateway: undefined });
    expect(Object.keys(standard.limits)).toHaveLength(limits.length);
    for (const limit of Object.values(standard.limits)) expect(limit).toBeGreaterThan(0);
  });

  it('takes an empty variable for one that is not set', () => {
    const names = [
      'PORT',
      'HOST',
      'DATABASE_URL',
      'DATA_DIR',
      'LOG_LEVEL',
      'READ_WITHOUT_TOKEN',
      'READ_COMPILER',
      'ADDRESS_HEADER',
      'CORS_ORIGINS',
      'CACHE_MAX_AGE',
      'PERSISTED_DOCUMENTS',
      'PERSISTED_DOCUMENTS_ONLY',
      ...oidc,
      ...limits.map((name) => `LIMIT_${name}`),
    ];
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(standard);
  });

  it('does not look at other variables', () => {
    expect(readConfig({ PATH: '/bin', LIMIT_: 'x', limit_depth: 'x', PORTS: 'x' })).toEqual(standard);
  });

  it.each<[name: string, value: string, where: object]>([
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    ['HOST', '::1', { host: '::1' }],
    ['DATABASE_URL', 'postgres://localhost/verbatim', { databaseUrl: 'postgres://localhost/verbatim' }],
    [
      'DATABASE_URL',
      'postgresql://me:p%40ss@db.example:5433/verbatim?sslmode=verify-full',
      { databaseUrl: 'postgresql://me:p%40ss@db.example:5433/verbatim?sslmode=verify-full' },
    ],
    ['DATA_DIR', '/var/lib/verbatim', { dataDir: '/var/lib/verbatim' }],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
    ['READ_WITHOUT_TOKEN', 'true', { readWithoutToken: true }],
    ['READ_WITHOUT_TOKEN', 'false', { readWithoutToken: false }],
    ['READ_COMPILER', 'true', { readCompiler: true }],
    ['READ_COMPILER', 'false', { readCompiler: false }],
    ['CORS_ORIGINS', '*', { corsOrigins: '*' }],
    [
      'CORS_ORIGINS',
      'https://desk.example.org, http://localhost:5173',
      { corsOrigins: ['https://desk.example.org', 'http://localhost:5173'] },
    ],
    ['CACHE_MAX_AGE', '60', { cacheMaxAge: 60 }],
    ['PERSISTED_DOCUMENTS', 'persisted.json', { persistedDocuments: 'persisted.json' }],
    ['LIMIT_BODY_BYTES', '1', { limits: { ...standard.limits, bodyBytes: 1 } }],
    ['LIMIT_TOKENS', '7', { limits: { ...standard.limits, tokens: 7 } }],
    ['LIMIT_DEPTH', '007', { limits: { ...standard.limits, depth: 7 } }],
    ['LIMIT_ALIASES', '7', { limits: { ...standard.limits, aliases: 7 } }],
    ['ADDRESS_HEADER', 'X-Forwarded-For', { addressHeader: 'x-forwarded-for' }],
    ['LIMIT_ROOT_FIELDS', '7', { limits: { ...standard.limits, rootFields: 7 } }],
    ['LIMIT_NODES', '9007199254740991', { limits: { ...standard.limits, nodes: Number.MAX_SAFE_INTEGER } }],
    ['LIMIT_INPUT_DEPTH', '7', { limits: { ...standard.limits, inputDepth: 7 } }],
    ['LIMIT_INPUT_VALUES', '7', { limits: { ...standard.limits, inputValues: 7 } }],
    ['LIMIT_TIMEOUT_MS', '600000', { limits: { ...standard.limits, timeoutMs: 600_000 } }],
  ])('reads %s=%s', (name, value, where) => {
    expect(readConfig({ [name]: value })).toEqual({ ...standard, ...where });
  });

  const numbers = ['abc', '-1', '1.5', '1e3', ' 1', '1 ', '0x10', '١', 'Infinity', '1\n2'];

  it.each<[name: string, value: string, must: string]>([
    ...numbers.map((value): [string, string, string] => ['PORT', value, 'must be a port number']),
    ['PORT', '65536', 'must be at most 65535'],
    ['PORT', '9'.repeat(400), 'must be at most 65535'],
    ...limits.flatMap((limit): [string, string, string][] => [
      ...numbers.map((value): [string, string, string] => [`LIMIT_${limit}`, value, 'must be a whole number']),
      [`LIMIT_${limit}`, '0', 'must be at least 1'],
      [`LIMIT_${limit}`, '9'.repeat(400), `must be at most ${most[limit] ?? Number.MAX_SAFE_INTEGER}`],
    ]),
    ['LIMIT_TIMEOUT_MS', '600001', 'must be at most 600000'],
    ['LOG_LEVEL', 'INFO', 'must be one of silent, fatal, error, warn, info, debug, trace'],
    ...['False', '0', 'no'].map((value): [string, string, string] => ['READ_WITHOUT_TOKEN', value, 'must be true or false']),
    ...[
      'desk.example.org',
      'https://desk.example.org/',
      'https://desk.example.org/app',
      'https://Desk.example.org',
      'https://desk.example.org:443',
      'https://*.example.org',
      '*,https://desk.example.org',
      'https://desk.example.org,',
      'null',
      'file:///desk',
    ].map((value): [string, string, string] => [
      'CORS_ORIGINS',
      value,
      'must be *, or list origins with commas between, such as https://desk.example.org',
    ]),
    ['PERSISTED_DOCUMENTS_ONLY', 'yes', 'must be true or false'],
    ['PERSISTED_DOCUMENTS_ONLY', 'true', 'would refuse everything without PERSISTED_DOCUMENTS'],
    ['CACHE_MAX_AGE', '1h', 'must be a number of seconds'],
    ['CACHE_MAX_AGE', '31536001', 'must be at most 31536000, a year'],
    ['OIDC_ISSUER', 'id.example.org', 'must start with https:// or http://'],
    ['OIDC_ISSUER', 'https://', 'must be a URL, such as https://id.example.org/realms/desk'],
    ['OIDC_JWKS_URL', 'file:///etc/passwd', 'must start with https:// or http://'],
    ['OIDC_AUDIENCE', 'verbatim', 'is of no use without OIDC_ISSUER'],
    ['OIDC_JWKS_URL', 'https://id.example.org/keys', 'is of no use without OIDC_ISSUER'],
    ['OIDC_ROLE_CLAIM', 'role', 'is of no use without OIDC_ISSUER'],
    ['FEDERATION_NODE', 'none', 'must be one of own, inaccessible, off'],
    ['GATEWAY_ONLY', 'yes', 'must be true or false'],
    ['GATEWAY_ONLY', 'true', 'needs GATEWAY_SECRET, by which the gateway is known'],
    ['LOG_LEVEL', 'verbose', 'must be one of silent, fatal, error, warn, info, debug, trace'],
  ])('refuses %s=%j', (name, value, must) => {
    expect(refusalOf({ [name]: value })).toBe(`Wrong configuration: ${name} ${must} (it is ${JSON.stringify(value)}).`);
  });

  it.each([
    ['mysql://me:hunter2@localhost/db', 'must start with postgres:// or postgresql://'],
    ['hunter2', 'must start with postgres:// or postgresql://'],
    ['file:hunter2', 'must start with postgres:// or postgresql://'],
    [' postgresql://me:hunter2@localhost/db', 'must start with postgres:// or postgresql://'],
    ['postgresql://me:hunter2@localhost:99999/db', 'must be a URL, such as postgresql://user@host:5432/verbatim'],
    ['postgresql://me:hunter2@local host/db', 'must be a URL, such as postgresql://user@host:5432/verbatim'],
    ['postgresql://me:hunter2@[::1/db', 'must be a URL, such as postgresql://user@host:5432/verbatim'],
  ])('refuses DATABASE_URL=%s without repeating it', (value, must) => {
    expect(refusalOf({ DATABASE_URL: value })).toBe(`Wrong configuration: DATABASE_URL ${must}.`);
  });

  it('reads how the gateway is known, and never repeats its secret', () => {
    const secret = 'x'.repeat(32);
    expect(readConfig({ GATEWAY_SECRET: secret }).gateway).toEqual({ secret, only: false });
    expect(readConfig({ GATEWAY_SECRET: secret, GATEWAY_ONLY: 'true' }).gateway).toEqual({ secret, only: true });
    expect(refusalOf({ GATEWAY_SECRET: 'hunter2' })).toBe('Wrong configuration: GATEWAY_SECRET must have at least 32 characters.');
  });

  it('reads how to take the JWTs of a provider, to the letter', () => {
    const issuer = 'https://id.example.org/realms/desk/';
    expect(readConfig({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'verbatim' }).oidc).toEqual({
      issuer,
      audience: 'verbatim',
      jwksUrl: undefined,
      roleClaim: 'role',
    });
    const jwksUrl = 'http://localhost:8080/keys';
    const all = { OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'verbatim', OIDC_JWKS_URL: jwksUrl, OIDC_ROLE_CLAIM: 'realm_access.roles' };
    expect(readConfig(all).oidc).toEqual({ issuer, audience: 'verbatim', jwksUrl, roleClaim: 'realm_access.roles' });
  });

  it('reads where the persisted documents are, and whether nothing else is run', () => {
    const config = readConfig({ PERSISTED_DOCUMENTS: 'a.json', PERSISTED_DOCUMENTS_ONLY: 'true' });
    expect(config).toEqual({ ...standard, persistedDocuments: 'a.json', persistedDocumentsOnly: true });
  });

  it('refuses a provider whose JWTs for others would do here', () => {
    expect(refusalOf({ OIDC_ISSUER: 'https://id.example.org' })).toBe(
      'Wrong configuration: OIDC_AUDIENCE must name this server as the provider does, since OIDC_ISSUER is set.',
    );
  });

  it('refuses all that is wrong at once', () => {
    expect(refusalOf({ PORT: 'http', DATABASE_URL: 'nonsense', LOG_LEVEL: 'loud', LIMIT_DEPTH: '0', LIMIT_NODES: '' })).toBe(
      'Wrong configuration: PORT must be a port number (it is "http"); DATABASE_URL must start with postgres:// or postgresql://; ' +
        'LOG_LEVEL must be one of silent, fatal, error, warn, info, debug, trace (it is "loud"); LIMIT_DEPTH must be at least 1 (it is "0").',
    );
  });
});
