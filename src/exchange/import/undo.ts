import type { PrismaClient } from '../../generated/prisma/client.ts';
import { inTransaction } from '../../record/transaction.ts';
import { Refusal } from '../../refusal.ts';
import { accountOf } from './setter.ts';

/** A row that stays as it is, because it was changed since or something else depends on it. */
export interface Stayed {
  model: string;
  rowId: string;
  /** The columns that were changed since; empty when the whole row stays. */
  columns: string[] | null;
}

/** As long as it takes. */
const patience = { timeout: 24 * 3_600_000 };

/**
 * Takes back what an import did, its last transaction first: what it made is removed, what it changed becomes
 * what it was before. The history keeps all of it. When this is stopped, it goes on where it stopped.
 * @returns how many rows were changed back, and what stays.
 * @throws {Refusal} when there is no such import, or it was undone already.
 */
export async function undoImport(
  prisma: PrismaClient,
  id: string,
  by: string | null,
  progress: (done: number, of: number) => void = () => {},
): Promise<{ changes: number; stayed: Stayed[] }> {
  const found = await prisma.import.findUnique({ where: { id }, include: { batches: { orderBy: { number: 'desc' } } } });
  if (!found) throw new Refusal(`There is no import ${id}. "verbatim import list" lists them.`);
  if (found.undoneAt) throw new Refusal(`The import ${id} was undone already, at ${found.undoneAt.toISOString()}.`);
  const stayed: Stayed[] = [];
  let changes = 0;
  const open = found.batches.filter(({ undoneAt }) => undoneAt === null);
  for (const [i, { number, transaction, first, last }] of open.entries()) {
    await inTransaction(
      prisma,
      accountOf(id),
      async (tx) => {
        await tx.$executeRawUnsafe('SET LOCAL statement_timeout = 0');
        const [before] = await tx.$queryRaw<{ id: bigint }[]>`SELECT coalesce(max(id), 0) AS id FROM history.revision`;
        stayed.push(
          ...(await tx.$queryRaw<Stayed[]>`
            SELECT "model", "rowId"::text, "columns" FROM history.undo(${transaction}::xid8, ${first}::bigint, ${last}::bigint)`),
        );
        const [done] = await tx.$queryRaw<{ count: bigint }[]>`
          SELECT count(*) AS count FROM history.revision WHERE id > ${before?.id ?? 0n}::bigint AND "transaction" = pg_current_xact_id()`;
        changes += Number(done?.count ?? 0n);
        await tx.importBatch.update({ where: { importId_number: { importId: id, number } }, data: { undoneAt: new Date() } });
      },
      patience,
    );
    progress(i + 1, open.length);
  }
  await prisma.import.update({ where: { id }, data: { undoneAt: new Date(), undoneBy: by } });
  await prisma.importWaiting.deleteMany({ where: { importId: id } });
  return { changes, stayed };
}
