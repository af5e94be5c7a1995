import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { RevisionAction as actions } from '../generated/prisma/enums.ts';
import { connectionOf, relationConnection } from '../graph/connection.ts';
import type { AnyField, AnyFields } from '../graph/fields.ts';
import { refOf } from '../graph/noun.ts';
import type { PageArgs, Query } from '../graph/page.ts';

const RevisionAction = builder.enumType('RevisionAction', {
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

const FieldChange = builder.objectRef<Change>('FieldChange').implement({
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
    by: t.exposeString('by', { nullable: true }),
    at: t.expose('at', { type: 'DateTime' }),
    changes: t.field({
      type: [FieldChange],
      description: 'What changed, column by column, without what is absent before and after.',
      select: { before: true, after: true },
      resolve: ({ before, after }) => changesOf(before as Columns, after as Columns),
    }),
  }),
});

type Columns = Record<string, unknown> | null;

function changesOf(before: Columns, after: Columns): Change[] {
  const fields = Object.keys({ ...before, ...after }).sort();
  return fields
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter(({ before, after }) => before !== null || after !== null);
}

const RevisionConnection = connectionOf(refOf('Revision'), 'Revision', 'changes to a record');

/**
 * What a viewer may see of a record's history: what was done while its content was to be seen. A change
 * that published the record shows what it was before, and is not among that.
 */
function visibleRevision({ viewer }: Context): Query {
  return { status: viewer.sees, changesStatus: false };
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
