import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { Config, OidcConfig } from '../config.ts';
import { userError } from '../errors.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { hashOf, secretPrefix } from './secret.ts';
import { reader, type Viewer } from './viewer.ts';

/**
 * Tells who sends a request.
 * @param header the request's `Authorization`, or null.
 * @throws {GraphQLError} UNAUTHENTICATED, or IDENTITY_PROVIDER_UNAVAILABLE.
 */
export type Authenticate = (header: string | null, log: Logger) => Promise<Viewer>;

/** Seconds between two notes that a token was used. */
const noteEvery = 60;

export function authentication(prisma: PrismaClient, config: Pick<Config, 'readWithoutToken' | 'oidc'>): Authenticate {
  const viewerOfJwt = config.oidc && viewersOfJwts(config.oidc);
  return async (header, log) => {
    if (header === null) {
      if (config.readWithoutToken) return reader;
      throw unauthenticated('Reading needs a token here. Send one in the header `Authorization: Bearer <token>`.');
    }
    // RFC 6750; the scheme is in any case.
    const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(header) ?? [];
    if (!token) throw unauthenticated('The header `Authorization` is not `Bearer <token>`.');
    const viewer = await (token.startsWith(secretPrefix) ? viewerOfToken(prisma, token, log) : viewerOfJwt?.(token, log));
    if (!viewer) throw unauthenticated('The token in the header `Authorization` is not one that this server takes, or no longer.');
    return viewer;
  };
}

/** What reads JWTs is loaded for the first of them. */
function viewersOfJwts(oidc: OidcConfig): (token: string, log: Logger) => Promise<Viewer | null> {
  let opening: Promise<(token: string, log: Logger) => Promise<Viewer | null>> | undefined;
  return async (token, log) => {
    opening ??= import('./oidc.ts').then(({ openIdProvider }) => openIdProvider(oidc));
    return (await opening)(token, log);
  };
}

async function viewerOfToken(prisma: PrismaClient, secret: string, log: Logger): Promise<Viewer | null> {
  const token = await prisma.token.findUnique({ where: { hash: hashOf(secret) } });
  const now = new Date();
  if (!token || token.revokedAt || (token.expiresAt && token.expiresAt <= now)) return null;
  if (!token.lastUsedAt || now.getTime() - token.lastUsedAt.getTime() > noteEvery * 1000) {
    noteUse(prisma, token.id, now, log);
  }
  return { id: `token:${token.name}`, role: token.role };
}

/** The tokens whose use is being noted: of many requests at once, one notes it. */
const noting = new Set<string>();

/** Nobody waits for it. */
function noteUse(prisma: PrismaClient, id: string, now: Date, log: Logger): void {
  if (noting.has(id)) return;
  noting.add(id);
  prisma.token
    .updateMany({ where: { id }, data: { lastUsedAt: now } })
    .catch((error) => log.warn({ err: error }, 'the use of a token was not noted'))
    .finally(() => noting.delete(id));
}

function unauthenticated(message: string): GraphQLError {
  return userError('UNAUTHENTICATED', message, { extensions: { http: { status: 401, headers: { 'www-authenticate': 'Bearer' } } } });
}
