import type { Transaction } from '../record/values.ts';

/** Two records of one model, by their UUIDs: the second becomes part of the first. */
export interface Pair {
  model: string;
  survivor: string;
  duplicate: string;
}

/** A row that still refers to the duplicate after the merge, hidden there. */
export interface Stayed {
  model: string;
  id: string;
  /** The column that refers to the duplicate. */
  column: string;
  /** The row that says the same of the survivor; null when it would have become circular. */
  twin: string | null;
}

/** The names of models and columns in statements of our own are the data model's, and never what a request says. */
export function query<Row>(tx: Transaction, sql: string, ...values: unknown[]): Promise<Row[]> {
  return tx.$queryRawUnsafe<Row[]>(sql, ...values);
}

/** The rows that one lies below, or is taken from, however far up, and the row itself. */
export async function chainOf(tx: Transaction, model: string, column: string, id: string): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    tx,
    `WITH RECURSIVE above AS (
       SELECT id, "${column}" AS source FROM "${model}" WHERE id = $1::uuid
       UNION SELECT t.id, t."${column}" FROM "${model}" AS t JOIN above ON t.id = above.source
     ) SELECT id FROM above`,
    id,
  );
  return new Set(rows.map((row) => row.id));
}
