import type { Transaction } from './values.ts';

/**
 * Waits until no other transaction changes a record, and keeps it from being changed until this one ends:
 * what is read of it from then on stays true. Others may hold it too.
 */
export async function hold(tx: Transaction, model: string, id: string): Promise<void> {
  // The model's name is one of the data model's, and never what a request says.
  await tx.$queryRawUnsafe(`SELECT id FROM "${model}" WHERE id = $1::uuid FOR SHARE`, id);
}
