import type { PrismaClient } from '../generated/prisma/client.ts';
import { brokenBy, isBusy, isConflict } from './refused.ts';
import { busy, inTurn } from './turn.ts';
import type { Transaction } from './values.ts';

/** How long a write may wait for a connection, and how long it may take, in milliseconds. */
const patience = { maxWait: 10_000, timeout: 30_000 };

/** How long it may wait for its turn: less than a request may take, so that its sender hears of it. */
const turnPatience = 5_000;

const tries = 5;

/**
 * Runs a write as one transaction, all of it or nothing, which the history tells as done by this account.
 * What stood in the way of another transaction is tried again.
 * @throws {BrokenRule} for what the rules of the record refuse; BUSY when there is no turn to be had.
 */
export function inTransaction<T>(
  prisma: PrismaClient,
  account: string | null,
  work: (tx: Transaction) => Promise<T>,
  options: Partial<typeof patience> = {},
): Promise<T> {
  return inTurn(prisma, turnPatience, () => transact(prisma, account, work, { ...patience, ...options }));
}

async function transact<T>(
  prisma: PrismaClient,
  account: string | null,
  work: (tx: Transaction) => Promise<T>,
  options: typeof patience,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await prisma.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT set_config('verbatim.viewer', ${account ?? ''}, true)`;
        return work(tx);
      }, options);
    } catch (error) {
      if (isConflict(error) && attempt < tries) continue;
      if (isConflict(error) || isBusy(error)) throw busy();
      throw brokenBy(error) ?? error;
    }
  }
}
