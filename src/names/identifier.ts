import { builder } from '../builder.ts';
import { text } from '../graph/columns.ts';
import type { AnyField, AnyFields } from '../graph/fields.ts';
import { defineFilter, listFilter } from '../graph/filter.ts';
import { partIdField, partsField } from '../graph/parts.ts';

builder.prismaObject('Identifier', {
  select: { id: true },
  fields: (t) => ({
    id: partIdField(t, 'Identifier'),
    scheme: t.exposeString('scheme'),
    value: t.exposeString('value'),
  }),
});

const identifierFilter = defineFilter('Identifier', 'Which identifiers are meant.', () => ({
  scheme: text('scheme', 'The scheme, in lower case.'),
  value: text('value', 'The value within the scheme.'),
}));
const identifierList = listFilter('Identifier', 'identifiers', { filter: identifierFilter, visible: () => ({}) });

/** A filter field for the identifiers of a record. */
export const identifiers = () => identifierList('identifiers', 'The identifiers in other registers.');

export const wikidataDescription = 'Its identifier in Wikidata, such as `Q796`, if the record has it.';

/** The identifiers of the parent. */
export function identifiersField(t: AnyFields) {
  return partsField(t, 'identifiers', 'Its identifiers in other registers, by scheme and value.', [{ scheme: 'asc' }, { value: 'asc' }]);
}

/** The identifiers of the parent, and the one of Wikidata by itself. */
export function identifierFields(t: AnyFields) {
  return {
    identifiers: identifiersField(t),
    wikidataId: t.field({
      type: 'String',
      nullable: true,
      description: wikidataDescription,
      select: { identifiers: { orderBy: [{ scheme: 'asc' }, { value: 'asc' }], select: { scheme: true, value: true } } },
      resolve: ({ identifiers }: { identifiers: { scheme: string; value: string }[] }) =>
        identifiers.find(({ scheme }) => scheme === 'wikidata')?.value ?? null,
    } as never) as AnyField,
  };
}
