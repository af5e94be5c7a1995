import type { PrismaClient, Token } from '../generated/prisma/client.ts';
import { BrokenRule } from '../record/rule.ts';
import type { Transaction } from '../record/values.ts';
import type { Role } from './roles.ts';
import { hashOf, makeSecret } from './secret.ts';
import type { Viewer } from './viewer.ts';

/** A client or a transaction of it. */
type Tokens = Pick<PrismaClient, 'token'>;

export interface TokenInput {
  name: string;
  role: Role;
  expiresAt?: Date | null;
}

/**
 * Makes a token. Its secret is told here and never again.
 * @param createdBy the account that makes it; null for the server itself.
 * @throws {BrokenRule} when the name is none or in use, or the expiry is past.
 */
export async function createToken(
  { token: tokens }: Tokens,
  { name, role, expiresAt = null }: TokenInput,
  createdBy: string | null,
): Promise<{ token: Token; secret: string }> {
  if (!/^[a-z0-9][a-z0-9._-]{0,62}$/.test(name)) {
    throw new BrokenRule(
      'INVALID_VALUE',
      `"${name.slice(0, 80)}" can’t name a token. Use up to 63 lower-case letters a–z, digits, dots, underscores and hyphens, a letter or digit first.`,
      ['name'],
    );
  }
  const createdAt = new Date();
  if (expiresAt && expiresAt <= createdAt) {
    throw new BrokenRule('INVALID_VALUE', 'The token would have expired already. Give an instant in the future, or none.', ['expiresAt']);
  }
  const secret = makeSecret();
  try {
    const token = await tokens.create({ data: { name, role, hash: hashOf(secret), createdAt, createdBy, expiresAt } });
    return { token, secret };
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'P2002') throw error;
    throw new BrokenRule('TAKEN', `There is a token "${name}" already. Revoke it first, or choose another name.`, ['name']);
  }
}

/** Makes a token for an administrator if there never was a token, and tells its secret. */
export async function createFirstToken(prisma: Tokens): Promise<string | undefined> {
  if (await prisma.token.findFirst({ select: { id: true } })) return undefined;
  return (await createToken(prisma, { name: 'admin', role: 'ADMIN' }, null)).secret;
}

/**
 * Revokes the token that has a name. The account can get another one by the same name.
 * @throws {BrokenRule} when there is none that wasn't revoked before.
 */
export async function revokeToken({ token: tokens }: Tokens, name: string): Promise<Token> {
  const [token] = await tokens.updateManyAndReturn({ where: { name, revokedAt: null }, data: { revokedAt: new Date() } });
  if (!token) throw new BrokenRule('NOT_FOUND', `There is no token "${name.slice(0, 80)}" that is not revoked.`, ['name']);
  return token;
}

/**
 * Revokes a token for someone who is not on the server, and so could lock everyone out: an administrator
 * stays, with a token or as an account of the OpenID provider.
 * @throws {BrokenRule} when there is no such token, or it is the last one of an administrator.
 */
export async function revokeTokenFrom(tx: Transaction, viewer: Viewer, name: string): Promise<Token> {
  // Two administrators who revoke each other's wait for one another here.
  await tx.$queryRaw`SELECT id FROM "Token" WHERE "role" = 'ADMIN' AND "revokedAt" IS NULL ORDER BY id FOR UPDATE`;
  const token = await revokeToken(tx, name);
  if (
    token.role === 'ADMIN' &&
    !viewer.id?.startsWith('oidc:') &&
    (await tx.token.count({ where: { role: 'ADMIN', ...usable() } })) === 0
  ) {
    throw new BrokenRule(
      'LAST_ADMIN',
      `Without "${name}" nobody could administer this server. Create another token with the role ADMIN first.`,
      ['name'],
    );
  }
  return token;
}

/** The tokens that are taken now. */
export function usable() {
  return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] };
}
