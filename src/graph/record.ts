import { may, seenColumns } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { RecordStatus as statuses } from '../generated/prisma/enums.ts';
import { enumFilter, id, instant } from './columns.ts';

export const RecordStatus = builder.enumType('RecordStatus', {
  description: 'Where a record stands on its way to readers.',
  values: {
    [statuses.DRAFT]: { description: 'Being worked on; readers don’t see it.' },
    [statuses.PUBLISHED]: { description: 'To be seen by everyone.' },
    [statuses.RETRACTED]: { description: 'Taken back: it keeps its id and says why, and its content is hidden from readers.' },
    [statuses.MERGED]: { description: 'Found to be the same as another; its id leads to that one.' },
  },
});

interface RecordColumns {
  status: keyof typeof statuses;
  retractionReason: string | null;
  createdBy: string | null;
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
    retractionReason: t.exposeString('retractionReason', { nullable: true, description: 'Why it was taken back, if it was.' }),
    createdBy: t.string({
      nullable: true,
      description: 'The account that made it, for those who work on the record; null for what was there before.',
      resolve: ({ createdBy }, _args, { viewer }) => (may(viewer, 'CONTRIBUTE') ? createdBy : null),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the record was made here.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When the record was last changed here.' }),
  }),
});

/** The columns of the interface, which every type that stands for a record selects. */
export const recordColumns = {
  id: true,
  ...seenColumns,
  retractionReason: true,
  revision: true,
  createdAt: true,
  updatedAt: true,
} as const;

const status = enumFilter('RecordStatus', RecordStatus);

/** The filters that every noun has. */
export const recordFilters = (model: string) => ({
  id: id(model),
  status: status('status', 'Where the record stands: editors see drafts and what is retracted beside what is published.'),
  createdAt: instant('createdAt', 'When the record was made here.'),
  updatedAt: instant('updatedAt', 'When the record was last changed here.'),
});
