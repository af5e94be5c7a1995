import type { RecordStatus } from '../generated/prisma/enums.ts';
import { delegate } from '../record/delegate.ts';
import type { Transaction } from '../record/values.ts';

/** How far a record has come: what is published once may be depended on, also when it was retracted. */
const ranks: Record<RecordStatus, number> = { MERGED: -1, DRAFT: 0, RETRACTED: 1, PUBLISHED: 2 };

export interface Standing {
  status: RecordStatus;
  rank: number;
}

export async function standing(tx: Transaction, model: string, id: string): Promise<Standing> {
  const row = await delegate(tx, model).findUnique({ where: { id }, select: { status: true } });
  const status = (row?.status ?? 'MERGED') as RecordStatus;
  return { status, rank: ranks[status] };
}
