import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import type { Transaction } from '../../record/values.ts';
import { Refusal } from '../../refusal.ts';
import { stableId } from '../ids.ts';
import type { Lines } from './batches.ts';
import type { ImportOptions } from './options.ts';
import { canonical } from './setter.ts';
import { noResult, type Result } from './told.ts';

// What the database knows of imports: how far each of them came, and which transactions it made.

export interface Running {
  id: string;
  position: number;
  result: Result;
  isResumed: boolean;
  /** What the database keeps of it, from its first batch on. */
  row: Prisma.ImportCreateManyInput;
}

/** Where the kept imports go on: what was begun with the same source and options, and not ended. */
export async function begin(
  prisma: PrismaClient,
  format: string,
  source: string,
  fingerprint: string | undefined,
  { read, status, isDryRun, isStrict, by }: ImportOptions,
): Promise<Running> {
  const options = { ...read, status: status ?? null };
  const same = { format, fingerprint: fingerprint ?? null, source };
  const former = await prisma.import.findMany({ where: same, orderBy: { startedAt: 'asc' } });
  const open = former.findLast(
    (each) => each.finishedAt === null && each.undoneAt === null && each.by === by && canonical(each.options) === canonical(options),
  );
  // The same import gets the same id wherever it is done.
  const id = stableId('import', format, source, fingerprint ?? new Date().toISOString(), canonical(options), String(former.length));
  const row = { id, ...same, options, by, result: noResult() as unknown as Prisma.InputJsonObject };
  if (!open || fingerprint === undefined || isDryRun || isStrict) return { id, position: 0, result: noResult(), isResumed: false, row };
  // What `openBatch` wrote.
  return { id: open.id, position: open.position, result: open.result as unknown as Result, isResumed: true, row: { ...row, id: open.id } };
}

/**
 * Begins a batch.
 * @returns what ends it: notes the revisions that it made, and how far the source was read.
 * @throws {Refusal} when another process goes on with the same import.
 */
export async function openBatch(
  tx: Transaction,
  { id: importId, row }: Running,
): Promise<(result: Result, lines?: Lines) => Promise<void>> {
  await tx.$executeRawUnsafe('SET LOCAL statement_timeout = 0');
  await tx.import.createMany({ data: [row], skipDuplicates: true });
  const [kept] = await tx.$queryRaw<{ position: number }[]>`SELECT "position" FROM "Import" WHERE id = ${importId}::uuid FOR UPDATE`;
  const [before] = await tx.$queryRaw<{ id: bigint }[]>`SELECT coalesce(max(id), 0) AS id FROM history.revision`;
  return async (result, lines) => {
    if (lines && lines.from !== kept?.position) throw new Refusal('Another process goes on with the same import. Wait until it ends.');
    await tx.$executeRaw`
      INSERT INTO "ImportBatch" ("importId", "number", "transaction", "first", "last")
      SELECT ${importId}::uuid, (SELECT count(*) FROM "ImportBatch" WHERE "importId" = ${importId}::uuid) + 1,
        pg_current_xact_id()::text, min(id), max(id)
      FROM history.revision WHERE "transaction" = pg_current_xact_id() AND id > ${before?.id ?? 0n}::bigint HAVING count(*) > 0
      ON CONFLICT DO NOTHING`;
    await tx.import.update({
      where: { id: importId },
      select: { id: true },
      data: { updatedAt: new Date(), result: result as unknown as Prisma.InputJsonObject, ...(lines ? { position: lines.to } : {}) },
    });
  };
}

/** Notes that the source was read to its end. */
export async function finish(tx: Transaction, { id, row }: Running): Promise<void> {
  await tx.import.createMany({ data: [row], skipDuplicates: true });
  await tx.import.update({ where: { id }, select: { id: true }, data: { finishedAt: new Date() } });
}
