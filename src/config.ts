import { z } from 'zod';
import { Refusal } from './refusal.ts';

/** How much one request may ask. The environment variable is the key in capitals, after `LIMIT_`. */
export interface Limits {
  /** Bytes of a request's body. */
  bodyBytes: number;
  /** Bytes of a request's body from those who may import. */
  importBytes: number;
  /** Lexical tokens of a document. */
  tokens: number;
  /** Fields below one another, fragments flattened. */
  depth: number;
  /** Aliased fields, those of `__typename` included. */
  aliases: number;
  /** Fields of the root. */
  rootFields: number;
  /** Records that an answer can hold, predicted from `first`, `last` and `ids`. */
  nodes: number;
  /** The same for what a gateway asks that is known to be one. */
  gatewayNodes: number;
  /** Records that a gateway names at once, in `_entities`. */
  entities: number;
  /** Values within one another in the arguments and variables. */
  inputDepth: number;
  /** Values in the arguments and variables. */
  inputValues: number;
  /** Milliseconds from the first field to the last. */
  timeoutMs: number;
  /** WebSockets and event streams that are open at a time. */
  connections: number;
  /** Operations that run at a time on one WebSocket or event stream. */
  operations: number;
  /** Milliseconds that a WebSocket or a reserved event stream stays open without an operation. */
  idleMs: number;
  /** Subscriptions of one account; of those without an account, of one network address. */
  subscriptionsPerIdentity: number;
  /** Subscriptions of the process. */
  subscriptions: number;
  /** Milliseconds that a subscription may last. */
  subscriptionMs: number;
  /** Changes that are kept for subscribers: who comes further behind has to subscribe again. */
  subscriptionLag: number;
}

/** The OpenID provider whose JWTs are taken. */
export interface OidcConfig {
  /** As it stands in the claim `iss`, to the letter. */
  issuer: string;
  /** One of what the claim `aud` names. */
  audience: string;
  /** Where the keys are; without it, where the issuer's own configuration says. */
  jwksUrl: string | undefined;
  /** The claim that holds the role, or a path to it. */
  roleClaim: string;
}

/** What becomes of `node` and `nodes`, which another subgraph may have as well. */
export type FederationNode = (typeof federationNodes)[number];

/** How a gateway shows that it is the one. */
export interface GatewayConfig {
  /** What it signs with, or sends; never logged. */
  secret: string;
  /** Whether nobody else is answered. */
  only: boolean;
}

export interface Config {
  port: number;
  host: string;
  /** A PostgreSQL connection URL; without one the database is embedded. */
  databaseUrl: string | undefined;
  /** Where the embedded database keeps its files. */
  dataDir: string;
  logLevel: (typeof logLevels)[number];
  /** Whether someone without a token may read what is published. */
  readWithoutToken: boolean;
  /** Whether reads are compiled to statements of their own; else Prisma makes them. */
  readCompiler: boolean;
  /** The header in which a proxy says who asks it, in small letters; without it, the socket says who asks. */
  addressHeader: string | undefined;
  /** The origins whose pages may ask, or all. */
  corsOrigins: readonly string[] | '*';
  /** Seconds for which caches may use the answer of a query in a URL without asking. */
  cacheMaxAge: number;
  /** Whether answers are made straight from rows where all fields declare how they are read. */
  answerCompiler: boolean;
  /** The file with the documents that requests may name. */
  persistedDocuments: string | undefined;
  /** Whether nothing else is run. */
  persistedDocumentsOnly: boolean;
  /** Whether ordinary requests are answered without Yoga. */
  leanPath: boolean;
  oidc: OidcConfig | undefined;
  federationNode: FederationNode;
  /** The gateway in front; without it, whoever asks may ask what gateways do. */
  gateway: GatewayConfig | undefined;
  limits: Limits;
}

const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const federationNodes = ['own', 'inaccessible', 'off'] as const;

/** Characters that a secret needs, so that nobody finds it by trying. */
const shortestSecret = 32;

/** Digits as a number; more of them than one can have make the largest. */
const digits = (mistake: string) =>
  z
    .string()
    .regex(/^\d+$/, mistake)
    .transform((text) => Math.min(Number(text), Number.MAX_VALUE));

const count = (standard: number, most = Number.MAX_SAFE_INTEGER) =>
  digits('must be a whole number')
    .pipe(z.number().min(1, 'must be at least 1').max(most, `must be at most ${most}`))
    .default(standard);

/** As a browser writes it in the header `Origin`: a scheme, a host, and a port if it isn't the scheme's own. */
function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

const origins = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine(
    (list) => String(list) === '*' || list.every(isOrigin),
    'must be *, or list origins with commas between, such as https://desk.example.org',
  )
  .transform((list) => (String(list) === '*' ? ('*' as const) : list));

const flag = (standard: 'true' | 'false') =>
  z
    .enum(['true', 'false'], 'must be true or false')
    .default(standard)
    .transform((text) => text === 'true');

const webAddress = z
  .string()
  .regex(/^https?:\/\//, { error: 'must start with https:// or http://', abort: true })
  .refine((url) => URL.canParse(url), { error: 'must be a URL, such as https://id.example.org/realms/desk', abort: true });

const variables = z.object({
  PORT: digits('must be a port number').pipe(z.number().max(65535, 'must be at most 65535')).default(4000),
  HOST: z.string().min(1, 'must name an address, such as 127.0.0.1').default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: 'must start with postgres:// or postgresql://', abort: true })
    .refine((url) => URL.canParse(url), 'must be a URL, such as postgresql://user@host:5432/verbatim')
    .optional(),
  DATA_DIR: z.string().min(1, 'must name a folder').default('.verbatim'),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  READ_WITHOUT_TOKEN: flag('true'),
  READ_COMPILER: flag('true'),
  ADDRESS_HEADER: z
    .string()
    .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must name a header, such as x-forwarded-for')
    .transform((name) => name.toLowerCase())
    .optional(),
  CORS_ORIGINS: origins.default([]),
  CACHE_MAX_AGE: digits('must be a number of seconds').pipe(z.number().max(31_536_000, 'must be at most 31536000, a year')).default(0),
  ANSWER_COMPILER: flag('true'),
  PERSISTED_DOCUMENTS: z.string().optional(),
  PERSISTED_DOCUMENTS_ONLY: flag('false'),
  LEAN_PATH: flag('true'),
  OIDC_ISSUER: webAddress.optional(),
  OIDC_AUDIENCE: z.string().optional(),
  OIDC_JWKS_URL: webAddress.optional(),
  OIDC_ROLE_CLAIM: z.string().optional(),
  FEDERATION_NODE: z.enum(federationNodes, `must be one of ${federationNodes.join(', ')}`).default('own'),
  GATEWAY_SECRET: z.string().min(shortestSecret, `must have at least ${shortestSecret} characters`).optional(),
  GATEWAY_ONLY: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((text) => text === 'true'),
  LIMIT_BODY_BYTES: count(256 * 1024),
  LIMIT_IMPORT_BYTES: count(2 * 1024 * 1024),
  LIMIT_TOKENS: count(1_000),
  LIMIT_DEPTH: count(12),
  LIMIT_ALIASES: count(30),
  LIMIT_ROOT_FIELDS: count(20),
  LIMIT_NODES: count(10_000),
  LIMIT_GATEWAY_NODES: count(100_000),
  LIMIT_ENTITIES: count(1_000),
  LIMIT_INPUT_DEPTH: count(20),
  LIMIT_INPUT_VALUES: count(2_000),
  LIMIT_TIMEOUT_MS: count(10_000, 600_000),
  LIMIT_CONNECTIONS: count(2_000),
  LIMIT_OPERATIONS: count(100),
  LIMIT_IDLE_MS: count(300_000, 86_400_000),
  LIMIT_SUBSCRIPTIONS_PER_IDENTITY: count(20),
  LIMIT_SUBSCRIPTIONS: count(1_000),
  LIMIT_SUBSCRIPTION_MS: count(60 * 60_000, 24 * 60 * 60_000),
  LIMIT_SUBSCRIPTION_LAG: count(5_000),
});

/** The variables whose values are never repeated. */
const secrets = ['DATABASE_URL', 'GATEWAY_SECRET'];

/** What belongs together is checked when each has a right value. */
const environment = variables.superRefine((env, { addIssue }) => {
  const refuse = (name: keyof typeof env, message: string) => addIssue({ code: 'custom', path: [name], message });
  if (env.PERSISTED_DOCUMENTS_ONLY && !env.PERSISTED_DOCUMENTS) {
    refuse('PERSISTED_DOCUMENTS_ONLY', 'would refuse everything without PERSISTED_DOCUMENTS');
  }
  if (env.GATEWAY_ONLY && !env.GATEWAY_SECRET) refuse('GATEWAY_ONLY', 'needs GATEWAY_SECRET, by which the gateway is known');
  if (env.OIDC_ISSUER) {
    // Else a token that the provider gave for another program would be taken here.
    if (!env.OIDC_AUDIENCE) refuse('OIDC_AUDIENCE', 'must name this server as the provider does, since OIDC_ISSUER is set');
    return;
  }
  for (const name of ['OIDC_AUDIENCE', 'OIDC_JWKS_URL', 'OIDC_ROLE_CLAIM'] as const) {
    if (env[name]) refuse(name, 'is of no use without OIDC_ISSUER');
  }
});

/**
 * Reads and checks the configuration. An empty variable counts as unset.
 * @throws {Refusal} naming each variable that has a wrong value, and what it should be.
 */
export function readConfig(given: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const result = environment.safeParse(set);
  if (!result.success) {
    const wrong = result.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      // A connection URL holds a password: it is never repeated, as no secret is.
      const value = secrets.includes(name) || set[name] === undefined ? '' : ` (it is ${JSON.stringify(set[name])})`;
      return `${name} ${issue.message}${value}`;
    });
    throw new Refusal(`Wrong configuration: ${wrong.join('; ')}.`);
  }
  const env = result.data;
  return {
    port: env.PORT,
    host: env.HOST,
    databaseUrl: env.DATABASE_URL,
    dataDir: env.DATA_DIR,
    logLevel: env.LOG_LEVEL,
    readWithoutToken: env.READ_WITHOUT_TOKEN,
    readCompiler: env.READ_COMPILER,
    addressHeader: env.ADDRESS_HEADER,
    corsOrigins: env.CORS_ORIGINS,
    cacheMaxAge: env.CACHE_MAX_AGE,
    answerCompiler: env.ANSWER_COMPILER,
    persistedDocuments: env.PERSISTED_DOCUMENTS,
    persistedDocumentsOnly: env.PERSISTED_DOCUMENTS_ONLY,
    leanPath: env.LEAN_PATH,
    oidc: oidcOf(env),
    federationNode: env.FEDERATION_NODE,
    gateway: env.GATEWAY_SECRET ? { secret: env.GATEWAY_SECRET, only: env.GATEWAY_ONLY } : undefined,
    limits: {
      bodyBytes: env.LIMIT_BODY_BYTES,
      importBytes: env.LIMIT_IMPORT_BYTES,
      tokens: env.LIMIT_TOKENS,
      depth: env.LIMIT_DEPTH,
      aliases: env.LIMIT_ALIASES,
      rootFields: env.LIMIT_ROOT_FIELDS,
      nodes: env.LIMIT_NODES,
      gatewayNodes: env.LIMIT_GATEWAY_NODES,
      entities: env.LIMIT_ENTITIES,
      inputDepth: env.LIMIT_INPUT_DEPTH,
      inputValues: env.LIMIT_INPUT_VALUES,
      timeoutMs: env.LIMIT_TIMEOUT_MS,
      connections: env.LIMIT_CONNECTIONS,
      operations: env.LIMIT_OPERATIONS,
      idleMs: env.LIMIT_IDLE_MS,
      subscriptionsPerIdentity: env.LIMIT_SUBSCRIPTIONS_PER_IDENTITY,
      subscriptions: env.LIMIT_SUBSCRIPTIONS,
      subscriptionMs: env.LIMIT_SUBSCRIPTION_MS,
      subscriptionLag: env.LIMIT_SUBSCRIPTION_LAG,
    },
  };
}

function oidcOf({
  OIDC_ISSUER,
  OIDC_AUDIENCE,
  OIDC_JWKS_URL,
  OIDC_ROLE_CLAIM = 'role',
}: z.output<typeof variables>): OidcConfig | undefined {
  if (!OIDC_ISSUER || !OIDC_AUDIENCE) return undefined;
  return { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE, jwksUrl: OIDC_JWKS_URL, roleClaim: OIDC_ROLE_CLAIM };
}
