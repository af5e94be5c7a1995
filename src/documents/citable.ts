import { builder } from '../builder.ts';
import { type AnyFields, listField, listSignature } from '../graph/fields.ts';

const citations = 'The documents that say so, each with the place that does.';

/** A fact that a citation can be the evidence for. */
export const Citable = builder.interfaceRef<{ id: string }>('Citable').implement({
  description:
    'A fact that a document can be cited for: an event, a participation, a membership, a link between events or between statements.',
  fields: (t) => ({
    id: t.id({ description: 'The id of this record.' }),
    citations: listSignature(t, 'Citation', citations),
  }),
});

export function citationsField(t: AnyFields, model: string) {
  return listField(t, model, { relation: 'citations', of: 'Citation', description: citations });
}
