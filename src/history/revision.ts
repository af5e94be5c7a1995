import { may } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { RevisionAction as actions } from '../generated/prisma/enums.ts';
import { connectionOf, relationConnection } from '../graph/connection.ts';
import type { AnyField, AnyFields } from '../graph/fields.ts';
import { refOf } from '../graph/noun.ts';
import type { PageArgs, Query } from '../graph/page.ts';

export const RevisionAction = builder.enumType('RevisionAction', {
  description: 'What was done.',
  values: {
    [actions.CREATE]: { description: 'It was made.' },
    [actions.UPDATE]: { description: 'It was changed.' },
    [actions.DELETE]: { description: 'It was removed; only parts of records ever are.' },
  },
});

interface Change {
  field: string;
  before: unknown;
  after: unknown;
}

export const FieldChange = builder.objectRef<Change>('FieldChange').implement({
  description: 'How one field was changed.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The name of the column.' }),
    before: t.expose('before', { type: 'JSON', nullable: true, description: 'Its value before; null when there was none.' }),
    after: t.expose('after', { type: 'JSON', nullable: true, description: 'Its value after; null when there is none.' }),
  }),
});

builder.prismaObject('Revision', {
  select: { id: true },
  fields: (t) => ({
    model: t.exposeString('model'),
    number: t.exposeInt('number', { nullable: true }),
    action: t.expose('action', { type: RevisionAction }),
    by: t.string({
      nullable: true,
      description: 'The account that made the change, for those who work on the record.',
      select: { by: true },
      resolve: ({ by }, _args, { viewer }) => (may(viewer, 'CONTRIBUTE') ? by : null),
    }),
    at: t.expose('at', { type: 'DateTime' }),
    changes: t.field({
      type: [FieldChange],
      description: 'What changed, column by column, without what is absent before and after.',
      select: { before: true, after: true },
      resolve: ({ before, after }) => fieldChanges(before as Columns, after as Columns),
    }),
  }),
});

type Columns = Record<string, unknown> | null;

/** What changed in a row, column by column, without what is absent before and after. */
export function fieldChanges(before: Columns, after: Columns): Change[] {
  const fields = Object.keys({ ...before, ...after }).sort();
  return fields
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter(({ before, after }) => before !== null || after !== null);
}

export const RevisionConnection = connectionOf(refOf('Revision'), 'Revision', 'changes to a record');

/**
 * What a viewer may see of a record's history: editors all, others what was done while the record was
 * published, and what they did themselves. A change that published it shows what it was before, and is
 * not among that.
 */
function visibleRevision({ viewer }: Context): Query {
  if (may(viewer, 'EDIT')) return {};
  const whilePublished = { status: 'PUBLISHED', changesStatus: false };
  return viewer.id ? { OR: [whilePublished, { by: viewer.id }] } : whilePublished;
}

/** The changes to the record, newest first. */
export function revisionsField(t: AnyFields) {
  return t.field({
    type: RevisionConnection,
    description: 'The changes to this record and its parts since it was made, the newest first, as far as they are yours to see.',
    args: t.arg.connectionArgs(),
    ...relationConnection<PageArgs>({
      relation: 'revisions',
      model: 'Revision',
      node: 'Revision',
      where: (_args, context) => visibleRevision(context),
      orderBy: () => [{ path: ['id'], direction: 'desc' }],
    }),
  } as never) as AnyField;
}
