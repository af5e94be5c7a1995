import { builder } from '../builder.ts';
import { RecordStatus as statuses } from '../generated/prisma/enums.ts';
import { id, instant } from './columns.ts';

export const RecordStatus = builder.enumType('RecordStatus', {
  description: 'Where a record stands on its way to readers.',
  values: {
    [statuses.DRAFT]: { description: 'Being worked on; readers don’t see it.' },
    [statuses.PUBLISHED]: { description: 'To be seen by everyone.' },
    [statuses.RETRACTED]: { description: 'Taken back: it keeps its id and says why, and its content is hidden.' },
  },
});

interface RecordColumns {
  status: keyof typeof statuses;
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}

/** What every noun and every link of the record has. */
export const RecordInterface = builder.interfaceRef<RecordColumns>('Record').implement({
  description: 'What every record has, besides its id.',
  fields: (t) => ({
    id: t.id({ description: 'The id of this record: opaque, unique in the schema, and the same for ever.' }),
    status: t.expose('status', { type: RecordStatus, description: 'Where the record stands on its way to readers.' }),
    revision: t.exposeInt('revision', { description: 'How often the record was changed, its making included.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the record was made here.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When the record was last changed here.' }),
  }),
});

/** The columns of the interface, which every type that stands for a record selects. */
export const recordColumns = { id: true, status: true, revision: true, createdAt: true, updatedAt: true } as const;

/** The filters that every noun has. */
export const recordFilters = (model: string) => ({
  id: id(model),
  createdAt: instant('createdAt', 'When the record was made here.'),
  updatedAt: instant('updatedAt', 'When the record was last changed here.'),
});
