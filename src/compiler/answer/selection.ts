// What a root field may know of what is asked below it, whoever executes the operation.

/** Nested Prisma arguments, or a part of them. */
export type Query = Record<string, unknown>;

/** One way down from a field to where the rows of a model stand. */
export type Way = readonly { readonly name: string }[];

export interface Selection {
  /** The names of the fields that are asked of the field's own type. */
  readonly names: ReadonlySet<string>;
  /**
   * The Prisma `select` of all that is asked of a type.
   * @param type the GraphQL type that stands for the model's rows.
   * @param ways the ways from the field to the rows; the field's own value when absent.
   * @param select what is needed besides.
   */
  query(type: string, ways?: readonly Way[], select?: Query): { select: Query };
}

/** This request isn't answered from rows: it has to be executed. */
export class Decline extends Error {}

/** Nor is any other request of this operation. */
export class DeclineAlways extends Decline {}

/**
 * Adds one `select` to another. The first is changed.
 * @throws {Decline} when both ask for the same rows in different ways.
 */
export function addSelect(to: Query, more: Query): Query {
  for (const name in more) {
    const known = to[name];
    const wanted = more[name];
    to[name] = known === undefined || known === wanted ? wanted : together(known, wanted);
  }
  return to;
}

function together(one: unknown, other: unknown): unknown {
  if (one === true && other === true) return true;
  if (!isQuery(one) || !isQuery(other)) throw new Decline('a relation is asked for whole and in part');
  const merged: Query = { ...one };
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    if (key === 'select') {
      if (!isQuery(one.select) || !isQuery(other.select)) throw new Decline('a relation is asked for whole and in part');
      merged.select = addSelect({ ...one.select }, other.select);
    } else if (!isSame(one[key], other[key])) {
      throw new Decline('the same relation is asked for in two ways');
    }
  }
  return merged;
}

function isQuery(value: unknown): value is Query {
  return typeof value === 'object' && value !== null;
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isQuery(one) || !isQuery(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  if (one instanceof Date || other instanceof Date) return one instanceof Date && other instanceof Date && +one === +other;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]));
}
