import type { AnyField, AnyFields } from './fields.ts';

/** A list of the parent's own parts, which are few and have no life of their own: other names, identifiers, spans. */
export function partsField(t: AnyFields, relation: string, description: string, orderBy: object) {
  return t.relation(relation as never, { description, query: { orderBy } } as never) as AnyField;
}
