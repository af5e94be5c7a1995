import type { Query } from './page.ts';

// Prisma's conditions, put together.

/** A condition that every record meets. */
export const everything: Query = {};

/** A condition that no record meets. */
export const nothing: Query = { id: { in: [] } };

// Prisma passes over conditions that are empty, also in an OR and a NOT, where that says something else. So
// conditions are put together here, and what always or never holds doesn't reach it.

/** All of these hold. */
export function all(conditions: readonly Query[]): Query {
  if (conditions.some(isNothing)) return nothing;
  const telling = conditions.filter((condition) => !isEverything(condition));
  return telling.length > 1 ? { AND: telling } : (telling[0] ?? everything);
}

/** One of these holds, at least. */
export function any(conditions: readonly Query[]): Query {
  if (conditions.some(isEverything)) return everything;
  const telling = conditions.filter((condition) => !isNothing(condition));
  return telling.length > 1 ? { OR: telling } : (telling[0] ?? nothing);
}

/** This doesn't hold. */
export function not(condition: Query): Query {
  if (isNothing(condition)) return everything;
  return isEverything(condition) ? nothing : { NOT: condition };
}

const isEverything = (condition: Query) => Object.keys(condition).length === 0;
const isNothing = (condition: Query) => condition === nothing;

/** A condition, or its opposite. */
export function exactly(where: Query, holds: boolean): Query {
  return holds ? where : not(where);
}
