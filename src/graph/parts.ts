import { encodeGlobalID } from '@pothos/plugin-relay';
import type { AnyField, AnyFields } from './fields.ts';

/** A list of the parent's own parts, which are few and have no life of their own: other names, identifiers, spans. */
export function partsField(t: AnyFields, relation: string, description: string, orderBy: object) {
  return t.relation(relation as never, { description, query: { orderBy } } as never) as AnyField;
}

/** The id of a part, by which mutations name it; `node` doesn't find parts. */
export function partIdField(t: AnyFields, model: string) {
  return t.field({
    type: 'ID',
    description: 'The id of this part of a record, by which it is changed and removed.',
    select: { id: true },
    resolve: ({ id }: { id: string }) => encodeGlobalID(model, id),
  } as never) as AnyField;
}
