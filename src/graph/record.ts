import { may, seenColumns } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { RecordStatus as statuses } from '../generated/prisma/enums.ts';
import { enumFilter, id, instant } from './columns.ts';
import type { AnyField, AnyFields, Row } from './fields.ts';

export const RecordStatus = builder.enumType('RecordStatus', {
  description: 'Where a record stands on its way to readers.',
  values: {
    [statuses.DRAFT]: { description: 'Being worked on; readers don’t see it.' },
    [statuses.PUBLISHED]: { description: 'To be seen by everyone.' },
    [statuses.RETRACTED]: { description: 'Taken back: it keeps its id and says why, and its content is hidden from readers.' },
    [statuses.MERGED]: { description: 'Found to be the same as another; its id leads to that one.' },
  },
});

/** What every row of a record has. */
interface RecordColumns {
  status: keyof typeof statuses;
  createdBy: string | null;
}

/** A field of the interface that reads a column. The models are known only to the types that implement it. */
function columnField(
  t: Pick<AnyFields, 'field'>,
  column: string,
  type: 'String' | 'Int' | 'DateTime',
  description: string,
  nullable = false,
) {
  return t.field({
    type,
    nullable,
    description,
    extensions: { pothosPrismaSelect: { [column]: true } },
    resolve: (row: Row) => row[column],
  } as never) as AnyField;
}

/** What every noun and every link of the record has. */
export const RecordInterface = builder.interfaceRef<RecordColumns>('Record').implement({
  description: 'What every record has, besides its id.',
  fields: (t) => ({
    id: t.id({ description: 'The id of this record: opaque, unique in the schema, and the same for ever.' }),
    status: t.expose('status', { type: RecordStatus, description: 'Where the record stands on its way to readers.' }),
    revision: columnField(t, 'revision', 'Int', 'How often the record was changed, its making included.'),
    retractionReason: columnField(t, 'retractionReason', 'String', 'Why it was taken back, if it was.', true),
    createdBy: t.string({
      nullable: true,
      description: 'The account that made it, for those who work on the record; null for what was there before.',
      extensions: { pothosPrismaSelect: { createdBy: true } },
      resolve: ({ createdBy }, _args, { viewer }) => (may(viewer, 'CONTRIBUTE') ? createdBy : null),
    }),
    createdAt: columnField(t, 'createdAt', 'DateTime', 'When the record was made here.'),
    updatedAt: columnField(t, 'updatedAt', 'DateTime', 'When the record was last changed here.'),
  }),
});

/** The options of a type that stands for a record. */
export const recordType = {
  id: { field: 'id', extensions: { pothosPrismaSelect: { id: true } } },
  // What executed fields have of every row: to find it again, and to tell who may see it.
  select: { id: true, ...seenColumns },
  // What is planned whole needs no more than the fields ask for.
  extensions: { readSelect: {} },
} as const;

const status = enumFilter('RecordStatus', RecordStatus);

/** The filters that every noun has. */
export const recordFilters = (model: string) => ({
  id: id(model),
  status: status('status', 'Where the record stands: editors see drafts and what is retracted beside what is published.'),
  createdAt: instant('createdAt', 'When the record was made here.'),
  updatedAt: instant('updatedAt', 'When the record was last changed here.'),
});
