import type { Transaction } from '../record/values.ts';

/** A row that isn't what its revisions say. */
export interface Difference {
  model: string;
  rowId: string;
  /** MISSING: the revisions tell of a row that isn't there; UNTOLD: there is a row that none tells of; CHANGED: some columns differ. */
  what: 'MISSING' | 'UNTOLD' | 'CHANGED';
  /** The columns that differ, of a row that is CHANGED. */
  columns: string[];
}

/**
 * Makes every table anew from its revisions, and compares. Takes a statement for each table, and none of the
 * record's content leaves the database.
 * @returns what differs; nothing when the history is whole.
 */
export async function replay(prisma: Pick<Transaction, '$queryRaw'>): Promise<Difference[]> {
  const tables = await prisma.$queryRaw<{ name: string }[]>`SELECT name FROM history.watched ORDER BY name`;
  const differences: Difference[] = [];
  for (const { name } of tables) {
    differences.push(...(await prisma.$queryRaw<Difference[]>`SELECT * FROM history.replay(${name})`));
  }
  return differences;
}
