import type { Transaction } from './values.ts';

type Query = Record<string, unknown>;

/** What the delegates of all models have in common, as far as it is used here. */
export interface AnyDelegate {
  findUnique(query: Query): Promise<Query | null>;
  findMany(query: Query): Promise<Query[]>;
  update(query: Query): Promise<Query>;
  delete(query: Query): Promise<Query>;
}

/** The Prisma delegate of a model that is known at run time only. */
export function delegate(tx: Transaction, model: string): AnyDelegate {
  const name = `${model.charAt(0).toLowerCase()}${model.slice(1)}`;
  // Prisma's delegates have no type in common; this is the part that all of them have.
  return (tx as unknown as Record<string, AnyDelegate>)[name] as AnyDelegate;
}
