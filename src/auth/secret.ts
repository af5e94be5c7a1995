import { createHash, randomBytes } from 'node:crypto';

/** What the secret of a token starts with, so that programs that look for secrets in code find it. */
export const secretPrefix = 'vbt_';

/** The secret of a new token. */
export function makeSecret(): string {
  return `${secretPrefix}${randomBytes(32).toString('base64url')}`;
}

/** What is kept of a secret. It has 256 random bits, so a plain hash can't be undone. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
