import { builder } from '../builder.ts';
import { NameKind as kinds } from '../generated/prisma/enums.ts';
import { enumFilter, language, text } from '../graph/columns.ts';
import type { AnyFields } from '../graph/fields.ts';
import { defineFilter, listFilter } from '../graph/filter.ts';
import { partIdField, partsField } from '../graph/parts.ts';

export const NameKind = builder.enumType('NameKind', {
  description: 'What kind of other name this is.',
  values: {
    [kinds.ALIAS]: { description: 'Another name in use, such as a nom de guerre or another spelling.' },
    [kinds.ABBREVIATION]: { description: 'A short form, such as CENTCOM.' },
    [kinds.BIRTH]: { description: 'The name given at birth.' },
    [kinds.FORMER]: { description: 'A name that is no longer used.' },
    [kinds.TRANSLITERATION]: { description: 'The name in another script.' },
    [kinds.TRANSLATION]: { description: 'The name in another language.' },
  },
});

builder.prismaObject('Name', {
  select: { id: true },
  fields: (t) => ({
    id: partIdField(t, 'Name'),
    name: t.exposeString('name'),
    kind: t.expose('kind', { type: NameKind }),
    language: t.expose('language', { type: 'Language', nullable: true }),
    script: t.exposeString('script', { nullable: true }),
    startDate: t.expose('startDate', { type: 'EDTF', nullable: true }),
    endDate: t.expose('endDate', { type: 'EDTF', nullable: true }),
  }),
});

/** The other names of the parent. */
export function namesField(t: AnyFields, relation = 'names') {
  return partsField(t, relation, 'Other names, as they were added.', { id: 'asc' });
}

const kind = enumFilter('NameKind', NameKind);
const nameFilter = defineFilter('Name', 'Which names are meant.', () => ({
  name: text('name', 'The name.'),
  kind: kind('kind', 'What kind of name it is.'),
  language: language('language', 'The language that it belongs to.'),
  script: text('script', 'The script that it is written in.'),
}));
const nameList = listFilter('Name', 'names', { filter: nameFilter, visible: () => ({}) });

/** A filter field for the other names of a record. */
export const names = (relation = 'names') => nameList(relation, 'The other names.');
