import { createHash } from 'node:crypto';
import type { Viewer } from '../auth/viewer.ts';
import { BrokenRule } from '../record/rule.ts';
import type { Transaction } from '../record/values.ts';
import type { Plain } from './input.ts';
import type { Outcome } from './outcome.ts';

/**
 * Does the work unless the account did it within a day with the same key, and answers as then.
 * The key and what it stands for are kept in the transaction that does the work.
 * @throws {BrokenRule} KEY_REUSED when the key was used with another input.
 */
export async function once(
  tx: Transaction,
  viewer: Viewer,
  mutation: string,
  { idempotencyKey, ...input }: Plain,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  if (typeof idempotencyKey !== 'string') return work();
  if (idempotencyKey === '' || idempotencyKey.length > 200) {
    throw new BrokenRule('INVALID_VALUE', 'An idempotency key has 1 to 200 characters.', ['idempotencyKey']);
  }
  const account = viewer.id ?? '';
  const inputHash = createHash('sha256')
    .update(`${mutation} ${canonical(input)}`)
    .digest('hex');
  await tx.$executeRaw`DELETE FROM "IdempotencyKey" WHERE "createdAt" < now() - interval '1 day'`;
  // Waits for another transaction that has just taken the key.
  const taken = await tx.$executeRaw`
    INSERT INTO "IdempotencyKey" ("account", "key", "inputHash") VALUES (${account}, ${idempotencyKey}, ${inputHash})
    ON CONFLICT DO NOTHING`;
  const where = { account_key: { account, key: idempotencyKey } };
  if (taken === 0) {
    const known = await tx.idempotencyKey.findUniqueOrThrow({ where });
    if (known.inputHash !== inputHash) {
      throw new BrokenRule('KEY_REUSED', 'This idempotency key was used with another input within a day. Take a new one.', [
        'idempotencyKey',
      ]);
    }
    // Set in the same transaction as the key.
    return known.outcome as unknown as Outcome;
  }
  const outcome = await work();
  await tx.idempotencyKey.update({ where, data: { outcome: JSON.parse(JSON.stringify(outcome)) } });
  return outcome;
}

/** JSON that doesn't depend on the order in which fields were written. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}
