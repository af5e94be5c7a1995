import type { Context } from '../context.ts';
import { once } from '../mutation/idempotency.ts';
import type { Plain } from '../mutation/input.ts';
import type { Opened } from '../mutation/open.ts';
import type { Outcome } from '../mutation/outcome.ts';
import { inTransaction } from '../record/transaction.ts';
import type { Transaction } from '../record/values.ts';

/** What a transaction did to one row: the columns that it changed, before and after. */
export interface RowChange {
  model: string;
  rowId: string;
  action: 'CREATE' | 'UPDATE' | 'DELETE';
  before: Plain | null;
  after: Plain | null;
}

/** Thrown so that a transaction is given up whose changes are only proposed. */
export class Proposed extends Error {
  override name = 'Proposed';
  readonly target: Opened;
  readonly changes: readonly RowChange[];

  constructor(target: Opened, changes: readonly RowChange[]) {
    super('The changes are proposed and not made.');
    this.target = target;
    this.changes = changes;
  }
}

/** All that the transaction has changed so far, as its triggers wrote it down. */
export async function changesOf(tx: Transaction): Promise<RowChange[]> {
  const bookkeeping = ['revision', 'updatedAt'];
  const rows = await tx.$queryRaw<RowChange[]>`
    SELECT "model", "rowId", "action"::text, "before" - ${bookkeeping}::text[] AS "before", "after" - ${bookkeeping}::text[] AS "after"
    FROM history.revision WHERE "transaction" = pg_current_xact_id() AND "at" >= date_trunc('milliseconds', now()) ORDER BY id`;
  return rows.filter(({ before, after }) => Object.keys({ ...before, ...after }).length > 0);
}

/**
 * Keeps a change to a published record for an editor to decide.
 * @throws {BrokenRule} KEY_REUSED.
 */
export async function propose(
  { prisma, viewer }: Pick<Context, 'prisma' | 'viewer'>,
  mutation: string,
  input: Plain,
  { target, changes }: Proposed,
): Promise<Outcome> {
  return inTransaction(prisma, viewer.id, (tx) =>
    // The key was given up with the transaction that tried the change.
    once(tx, viewer, mutation, input, async () => {
      const { id } = await tx.proposal.create({
        select: { id: true },
        data: {
          model: target.model,
          recordId: target.id,
          // Only accounts have the permission to get here.
          createdBy: viewer.id ?? '',
          mutation,
          // Both are JSON already: they came in as such, or were read as such.
          input: input as object,
          changes: JSON.parse(JSON.stringify(changes)),
        },
      });
      return { record: target, proposal: id };
    }),
  );
}
