import { builder } from '../builder.ts';
import type { AnyFields } from '../graph/fields.ts';
import { oneField } from '../graph/fields.ts';
import { partIdField, partsField } from '../graph/parts.ts';

builder.prismaObject('Translation', {
  select: { id: true },
  fields: (t) => ({
    id: partIdField(t, 'Translation'),
    language: t.expose('language', { type: 'Language' }),
    text: t.exposeString('text'),
    document: oneField(t, 'Translation', 'document'),
  }),
});

/** A statement's words in other languages. */
export function translationsField(t: AnyFields) {
  return partsField(t, 'translations', 'The words in other languages, by language.', [{ language: 'asc' }, { id: 'asc' }]);
}
