import type { Transaction } from '../record/values.ts';

/** One kind of thing that has to hold throughout the record. */
export interface Check {
  /** What holds, of so many. */
  says(count: string): string;
  /** How many there are. */
  count(tx: Transaction): Promise<number>;
  /** Where it doesn't hold. */
  find(tx: Transaction): Promise<Finding[]>;
}

/** A row that is not as it has to be. */
export interface Finding {
  model: string;
  /** The row's UUID. */
  id: string;
  /** What is wrong with it, as a sentence. */
  problem: string;
}

/**
 * A check in SQL.
 * @param counted statements whose counts make up the number.
 * @param findings statements that give `model`, `id` and `problem`.
 */
export function sqlCheck(says: Check['says'], counted: readonly string[], findings: readonly string[]): Check {
  return {
    says,
    count: async (tx) => {
      const sum = counted.map((statement) => `(${statement})`).join(' + ');
      const [row] = await tx.$queryRawUnsafe<{ count: bigint }[]>(`SELECT ${sum} AS "count"`);
      return Number(row?.count ?? 0);
    },
    find: async (tx) => {
      const found: Finding[] = [];
      for (const statement of findings) found.push(...(await tx.$queryRawUnsafe<Finding[]>(statement)));
      return found;
    },
  };
}

/** The SQL that counts some rows of a model. */
export function countOf(model: string, where = 'true'): string {
  return `SELECT count(*) FROM "${model}" WHERE ${where}`;
}
