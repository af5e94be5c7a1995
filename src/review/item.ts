import { may } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { ProposalStatus as statuses } from '../generated/prisma/enums.ts';
import { enumFilter, flag, instant, text } from '../graph/columns.ts';
import { endsField } from '../graph/ends.ts';
import { inCapitals, recordModels } from '../graph/model.ts';
import { defineNoun } from '../graph/noun.ts';
import type { Query } from '../graph/page.ts';
import { defineList } from '../graph/queries.ts';
import { RecordInterface } from '../graph/record.ts';
import { FieldChange, fieldChanges, RevisionAction } from '../history/revision.ts';
import type { RowChange } from './propose.ts';

// What waits for an editor: drafts, and changes that are proposed to what is published.

const RowChangeType = builder.objectRef<RowChange>('RowChange').implement({
  description: 'What a change does to one row: to a record itself or to a part of it, such as a name.',
  fields: (t) => ({
    model: t.exposeString('model', { description: 'Which model’s row it is.' }),
    action: t.expose('action', { type: RevisionAction, description: 'What is done to it.' }),
    changes: t.field({
      type: [FieldChange],
      description: 'What changes, column by column, without what is absent before and after.',
      resolve: ({ before, after }) => fieldChanges(before, after),
    }),
  }),
});

interface Note {
  by: string;
  at: string;
  note: string;
}

const ReviewNote = builder.objectRef<Note>('ReviewNote').implement({
  description: 'What an editor wrote to whoever made a draft or a proposal.',
  fields: (t) => ({
    note: t.exposeString('note', { description: 'What has to be done.' }),
    by: t.exposeString('by', { description: 'The account that wrote it.' }),
    at: t.field({ type: 'DateTime', description: 'When it was written.', resolve: ({ at }) => new Date(at) }),
  }),
});

const ProposalStatus = builder.enumType('ProposalStatus', {
  description: 'Where a proposal stands.',
  values: {
    [statuses.WAITING]: { description: 'It waits for an editor.' },
    [statuses.SENT_BACK]: { description: 'An editor sent it back with a note.' },
    [statuses.PUBLISHED]: { description: 'An editor published it; the record was changed.' },
    [statuses.DECLINED]: { description: 'It was taken back, or declined by an editor.' },
  },
});

builder.prismaNode('Proposal', {
  id: { field: 'id' },
  description: 'A change to a published record that waits for an editor, or waited.',
  select: { id: true },
  fields: (t) => ({
    status: t.expose('status', { type: ProposalStatus }),
    mutation: t.exposeString('mutation'),
    changes: t.field({
      type: [RowChangeType],
      description: 'The difference to what was published when it was proposed.',
      select: { changes: true },
      // Written by `propose` alone.
      resolve: ({ changes }) => changes as unknown as RowChange[],
    }),
    createdBy: t.exposeString('createdBy', { description: 'The account that proposed it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was proposed.' }),
    notes: t.field({
      type: [ReviewNote],
      description: 'What editors wrote about it, in the order of time.',
      select: { notes: { orderBy: [{ at: 'asc' }, { id: 'asc' }] } },
      resolve: ({ notes }) => notes.map(({ by, at, note }) => ({ by, note, at: at.toISOString() })),
    }),
  }),
});

/** Editors see all that waits, others what they made themselves. */
const own = ({ viewer }: Pick<Context, 'viewer'>): Query =>
  may(viewer, 'EDIT') ? {} : viewer.id === null ? { id: { in: [] } } : { createdBy: viewer.id };

const proposalStatus = enumFilter('ProposalStatus', ProposalStatus);

const proposal = defineNoun({
  model: 'Proposal',
  plural: 'proposals',
  visible: own,
  filter: () => ({
    status: proposalStatus('status', 'Where the proposal stands.'),
    createdBy: text('createdBy', 'The account that proposed it.'),
    createdAt: instant('createdAt', 'When it was proposed.'),
  }),
  orders: { CREATED_AT: { columns: ['createdAt'], description: 'When it was proposed.' } },
  standardOrder: [{ path: ['createdAt'], direction: 'desc' }],
});

defineList(
  proposal,
  'proposals',
  'Lists changes that were proposed to what is published, the newest first, also those that were decided on: all of them for editors, for others their own.',
);

const ends = Object.fromEntries(recordModels.map((model) => [`${model.charAt(0).toLowerCase()}${model.slice(1)}`, model]));

builder.prismaObject('ReviewItem', {
  description: 'A draft, or a change to what is published, that waits for an editor.',
  select: { id: true },
  fields: (t) => ({
    record: endsField(t, { type: RecordInterface, ends, nullable: true, description: 'The draft, or the record as it is published.' }),
    proposal: t.relation('proposal', { nullable: true, description: 'The proposal, when it is a change to what is published.' }),
    isChange: t.exposeBoolean('isChange', { description: 'Whether it is a change to what is published, rather than a new record.' }),
    isSentBack: t.exposeBoolean('isSentBack', { description: 'Whether an editor sent it back, and it was not changed since.' }),
    changes: t.field({
      type: [RowChangeType],
      description: 'The difference to what is published: for a new record all of it.',
      select: { changes: true },
      // The view writes it.
      resolve: ({ changes }) => changes as unknown as RowChange[],
    }),
    notes: t.field({
      type: [ReviewNote],
      description: 'What editors wrote about it, in the order of time.',
      select: { notes: true },
      // The view writes it.
      resolve: ({ notes }) => notes as unknown as Note[],
    }),
    createdBy: t.exposeString('createdBy', { nullable: true, description: 'The account that made it; null for what was there before.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  }),
});

export const RecordModel = builder.enumType('RecordModel', {
  description: 'A kind of record.',
  values: Object.fromEntries(recordModels.map((model) => [inCapitals(model), { value: model, description: `The type \`${model}\`.` }])),
});
const models = enumFilter('RecordModel', RecordModel);

const item = defineNoun({
  model: 'ReviewItem',
  plural: 'drafts and changes that wait for an editor',
  visible: own,
  filter: () => ({
    model: models('model', 'The kind of the record.'),
    createdBy: text('createdBy', 'The account that made it.'),
    isChange: flag('isChange', 'Whether it is a change to what is published.'),
    isSentBack: flag('isSentBack', 'Whether an editor sent it back, and it was not changed since.'),
    createdAt: instant('createdAt', 'When it was made.'),
    updatedAt: instant('updatedAt', 'When it was last changed.'),
  }),
  orders: {
    CREATED_AT: { columns: ['createdAt'], description: 'When it was made.' },
    UPDATED_AT: { columns: ['updatedAt'], description: 'When it was last changed.' },
  },
  standardOrder: [{ path: ['createdAt'], direction: 'asc' }],
});

defineList(item, 'reviewQueue', 'What waits for an editor, the oldest first: all of it for editors, for others what they made themselves.');
