import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export const audience = 'verbatim';

interface Key {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
}

/** An OpenID provider on a port that nothing else uses. */
export interface Provider {
  issuer: string;
  /** The paths that it was asked for, in order. Set its length to 0 to start anew. */
  asked: string[];
  /** What it answers instead of its keys, while this is set. */
  broken: { status: number; body: string } | undefined;
  /** Signs from now on with a new key, beside which the others stay known unless they are withdrawn. */
  rotate(options?: { alg?: string; withdraw?: boolean }): Promise<void>;
  /** A JWT with these claims besides what every one has; what is undefined is left out. */
  sign(claims?: JWTPayload, header?: { typ?: string; alg?: string; kid?: string }): Promise<string>;
  /** The public key that it signs with, as PEM. */
  publicKey(): Promise<string>;
  /** Its key of signatures, known to nobody else. */
  kid(): string;
  close(): Promise<void>;
}

/** Starts one. Everything but its keys is as a provider makes it for subject "ana" and this audience. */
export async function startProvider(configuration: object = {}): Promise<Provider> {
  const asked: string[] = [];
  const known: JWK[] = [];
  let current: Key & { alg: string };
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = (body: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (provider.broken) response.writeHead(provider.broken.status).end(provider.broken.body);
    else if (request.url === '/realms/desk/.well-known/openid-configuration')
      answer({ issuer: provider.issuer, jwks_uri: `${origin}/keys`, ...configuration });
    else if (request.url === '/keys') answer({ keys: known });
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: Provider = {
    issuer: `${origin}/realms/desk`,
    asked,
    broken: undefined,
    rotate: async ({ alg = 'RS256', withdraw = false } = {}) => {
      const kid = `key-${known.length}-${alg}`;
      current = { kid, alg, ...(await generateKeyPair(alg, { extractable: true })) };
      if (withdraw) known.length = 0;
      known.push({ ...(await exportJWK(current.publicKey)), kid, alg, use: 'sig' });
    },
    sign: async (claims = {}, header = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const all = { iss: provider.issuer, aud: audience, sub: 'ana', iat: now, exp: now + 300, ...claims };
      return new SignJWT(JSON.parse(JSON.stringify(all)))
        .setProtectedHeader({ alg: current.alg, kid: current.kid, typ: 'JWT', ...header })
        .sign(current.privateKey);
    },
    publicKey: () => exportSPKI(current.publicKey),
    kid: () => current.kid,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await provider.rotate();
  return provider;
}
