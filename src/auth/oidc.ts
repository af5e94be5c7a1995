import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { OidcConfig } from '../config.ts';
import { userError } from '../errors.ts';
import { type Role, roles } from './roles.ts';
import type { Viewer } from './viewer.ts';

/** A signature that needs the provider's private key. With the others, whoever knows the public key could sign. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];

/** Other types of JWT, such as one that tells of a logout, are signed by the same keys. */
const types = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

/** Seconds by which clocks may differ. */
const clockTolerance = 30;

/** Milliseconds that the provider has for an answer. */
const patience = 5_000;

/**
 * Takes the JWTs of an OpenID provider. Its keys are fetched when the first comes, kept, and fetched again
 * when one is signed by a key that is not among them.
 * @returns a function that tells whose a JWT is; null when it is not valid here.
 * @throws {GraphQLError} IDENTITY_PROVIDER_UNAVAILABLE, from that function.
 */
export function openIdProvider({ issuer, audience, jwksUrl, roleClaim }: OidcConfig) {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const findKeys = () => {
    keys ??= keysAt(jwksUrl, issuer).catch((error) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  const keyOf: JWTVerifyGetKey = async (...args) => {
    try {
      return await (await findKeys())(...args);
    } catch (error) {
      if (isAboutToken(error)) throw error;
      throw new Unavailable(undefined, { cause: error });
    }
  };
  return async (jwt: string, log: Logger): Promise<Viewer | null> => {
    try {
      const { payload, protectedHeader } = await jwtVerify(jwt, keyOf, {
        issuer,
        audience,
        algorithms,
        clockTolerance,
        requiredClaims: ['exp', 'sub'],
      });
      if (!types.includes(protectedHeader.typ?.toLowerCase())) throw new errors.JWTInvalid('unexpected "typ"');
      return { id: `oidc:${subjectOf(payload)}`, role: roleOf(payload, roleClaim) };
    } catch (error) {
      if (error instanceof Unavailable) {
        log.error({ err: error.cause }, 'the identity provider can’t be asked for its keys');
        throw userError(
          'IDENTITY_PROVIDER_UNAVAILABLE',
          'The identity provider that vouches for this token can’t be reached. Try again later.',
          {
            extensions: { http: { status: 503 } },
          },
        );
      }
      if (!(error instanceof errors.JOSEError)) throw error;
      log.info({ code: error.code, reason: error.message }, 'a JWT was refused');
      return null;
    }
  };
}

/** The provider gave no keys, or none that can be read. */
class Unavailable extends Error {
  override name = 'Unavailable';
}

/** Whether the keys are there, and the token is signed by none of them. */
function isAboutToken(error: unknown): boolean {
  return [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported].some((kind) => error instanceof kind);
}

async function keysAt(jwksUrl: string | undefined, issuer: string): Promise<JWTVerifyGetKey> {
  return createRemoteJWKSet(new URL(jwksUrl ?? (await discover(issuer))), { timeoutDuration: patience });
}

/** Where the issuer says that its keys are, after OpenID Connect Discovery. */
async function discover(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(patience), redirect: 'error', headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`${url} answers with the status ${response.status}.`);
  const found = z.object({ issuer: z.string(), jwks_uri: z.url() }).parse(await response.json());
  if (found.issuer !== issuer) throw new Error(`${url} is the configuration of "${found.issuer}", which is not the same as OIDC_ISSUER.`);
  return found.jwks_uri;
}

/** It becomes a part of the account's name, which the history keeps. */
function subjectOf({ sub }: JWTPayload): string {
  if (typeof sub !== 'string' || !/^[^\p{Cc}\p{Cs}]{1,255}$/u.test(sub)) throw new errors.JWTInvalid('"sub" names nobody');
  return sub;
}

/** The highest role that the claim names. The claim is one with this name, or else at the end of this path. */
function roleOf(claims: JWTPayload, claim: string): Role {
  const value = inner(claims, claim) ?? claim.split('.').reduce<unknown>(inner, claims);
  const named = (Array.isArray(value) ? value : [value]).map((each) => (typeof each === 'string' ? each.toUpperCase() : undefined));
  return roles.findLast((role) => named.includes(role)) ?? 'READER';
}

function inner(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
