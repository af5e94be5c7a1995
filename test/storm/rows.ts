import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from '../../src/generated/prisma/client.ts';
import type { Random } from '../support/chance.ts';

/** Places that several writers change, as programs do that know nothing of each other. */
const known: string[] = [];

/**
 * Writes transactions of a few rows, until told to end. They wait for each other's rows, are committed in another
 * order than begun, and some of them are taken back; far more of them go by than of requests.
 */
export async function writeRows(prisma: PrismaClient, r: Random, { isOver }: { isOver(): boolean }): Promise<void> {
  while (!isOver()) {
    const made: string[] = [];
    await prisma
      .$transaction(async (tx) => {
        const count = 1 + r.below(4);
        for (let i = 0; i < count; i++) {
          const id = known.length > 20 && r.chance(0.6) ? r.pick(known.slice(-100)) : undefined;
          if (id === undefined) {
            const status = r.pick(['DRAFT', 'PUBLISHED', 'PUBLISHED'] as const);
            const row = { id: randomUUID(), name: `Row ${r.below(1_000_000)}`, status };
            await tx.place.create({ data: row });
            made.push(row.id);
          } else {
            await change(tx, r, id);
          }
          if (r.chance(0.1)) await sleep(r.below(30));
        }
        if (r.chance(0.1)) throw new Error('This is taken back.');
      })
      .then(() => known.push(...made))
      // Others stood in the way, the database was away, or it was meant.
      .catch(() => sleep(r.below(100)));
  }
}

async function change(tx: Pick<PrismaClient, 'place'>, r: Random, id: string): Promise<void> {
  const where = { id };
  const draw = r.next();
  if (draw < 0.1) await tx.place.deleteMany({ where: { id, status: 'DRAFT' } });
  else if (draw < 0.25) await tx.place.updateMany({ where, data: { status: 'PUBLISHED', retractionReason: null } });
  else if (draw < 0.35) await tx.place.updateMany({ where, data: { status: 'RETRACTED', retractionReason: 'It was a row.' } });
  else await tx.place.updateMany({ where, data: { name: `Row ${r.below(1_000_000)}` } });
}
