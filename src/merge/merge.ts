import { queryFromInfo } from '@pothos/plugin-prisma';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { rootConnection } from '../graph/connection.ts';
import type { AnyField, AnyFields } from '../graph/fields.ts';
import { delegateOf, type Info, refOf } from '../graph/noun.ts';
import type { PageArgs } from '../graph/page.ts';
import { selectionOf } from '../graph/selection.ts';
import { RevisionConnection } from '../history/revision.ts';
import { anyRecord } from '../mutation/any-record.ts';
import { mergeable } from '../mutation/input.ts';
import { defineMutation } from '../mutation/mutation.ts';
import { open } from '../mutation/open.ts';
import type { Outcome } from '../mutation/outcome.ts';
import { BrokenRule, type Path, type RecordKey } from '../record/rule.ts';
import { merge } from './write.ts';
import { type Kept, type Unmerged, unmerge } from './write-unmerge.ts';

builder.prismaObject('Merge', {
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id of this merge.' }),
    at: t.expose('at', { type: 'DateTime' }),
    by: t.exposeString('by', { nullable: true }),
    survivorId: t.id({
      description: 'The id of the record that both are now.',
      select: { model: true, survivorId: true },
      resolve: ({ model, survivorId }) => encodeGlobalID(model, survivorId),
    }),
    duplicateId: t.id({
      description: 'The id of the record that was merged into it, and leads there.',
      select: { model: true, duplicateId: true },
      resolve: ({ model, duplicateId }) => encodeGlobalID(model, duplicateId),
    }),
    undoneAt: t.expose('undoneAt', { type: 'DateTime', nullable: true }),
    undoneBy: t.exposeString('undoneBy', { nullable: true }),
  }),
});

function mergeField(t: Pick<AnyFields, 'field'>, description: string, idOf: (outcome: Outcome) => string | undefined) {
  return t.field({
    type: refOf('Merge'),
    nullable: true,
    description,
    resolve: async (outcome: Outcome, _args: object, context: Context, info: Info) => {
      const query = queryFromInfo({ context, info, typeName: 'Merge' });
      const id = idOf(outcome);
      const [row] = id ? await delegateOf('Merge', context).findMany({ ...query, where: { id }, take: 1 }) : [];
      return row ?? null;
    },
  } as never) as AnyField;
}

/**
 * A record that can be merged, by its id.
 * @throws {BrokenRule} NOT_FOUND, NOT_MERGEABLE.
 */
export function mergeableRecord(id: unknown, path: Path): RecordKey {
  const key = anyRecord(id, path);
  if (mergeable.has(key.model)) return key;
  throw new BrokenRule('NOT_MERGEABLE', `A ${key.model} can’t be merged; people, organizations, places, events and documents can.`, path);
}

defineMutation({
  name: 'merge',
  description:
    'Makes one record of two that are the same: two people, organizations, places, events or documents. All that refers to the duplicate refers to the survivor then, its names and identifiers are the survivor’s, and what the survivor lacks it takes from the duplicate. The duplicate’s id leads to the survivor. `unmerge` takes it back.',
  permission: 'EDIT',
  input: {
    survivor: { type: 'ID', required: true, description: 'The id of the record that stays.' },
    duplicate: { type: 'ID', required: true, description: 'The id of the record that becomes part of it.' },
  },
  target: ({ survivor }) => ({ ...mergeableRecord(survivor, ['survivor']), path: ['survivor'] }),
  payload: (t) => ({ merge: mergeField(t, 'What was done; null when nothing was.', ({ more }) => more as string | undefined) }),
  run: async (write, { duplicate }, { model, id: survivor }) => {
    const key = mergeableRecord(duplicate, ['duplicate']);
    if (key.model !== model) {
      throw new BrokenRule('NOT_MERGEABLE', `One is a ${model} and the other is a ${key.model}.`, ['duplicate']);
    }
    const opened = key.id === survivor ? { id: survivor } : await open(write, key, ['duplicate']);
    if (opened.id === survivor) throw new BrokenRule('NOT_MERGEABLE', 'Both are the same record already.', ['duplicate']);
    if (opened.id !== key.id) {
      throw new BrokenRule(
        'NOT_MERGEABLE',
        `The duplicate was merged into another record: ${encodeGlobalID(model, opened.id)}. Merge that one, or unmerge the duplicate first.`,
        ['duplicate'],
        [{ model, id: opened.id }],
      );
    }
    return { record: { model, id: survivor }, more: await merge(write.tx, write.viewer, { model, survivor, duplicate: key.id }) };
  },
});

const KeptChange = builder.objectRef<Kept>('KeptChange').implement({
  description: 'Something that was changed after a merge, and so stayed as it is when the merge was taken back.',
  fields: (t) => ({
    model: t.exposeString('model', { description: 'Which model’s row it is: a record’s own, or that of a part, such as “Name”.' }),
    rowId: t.exposeString('rowId', { description: 'The UUID of the row, as the history names it.' }),
    field: t.exposeString('field', { nullable: true, description: 'The name of the column; null when it is the row as a whole.' }),
    was: t.expose('was', { type: 'JSON', nullable: true, description: 'What it was before the merge; null when there was nothing.' }),
    is: t.expose('is', { type: 'JSON', nullable: true, description: 'What it is now; null when there is nothing.' }),
  }),
});

defineMutation({
  name: 'unmerge',
  description:
    'Takes a merge back: both records are as they were before. What was changed since stays as it is, and is listed in `kept`; what else was done to the survivor stays with it, and is listed in `laterChanges`.',
  permission: 'EDIT',
  input: { id: { type: 'ID', required: true, description: 'The id of the record that was merged into another.' } },
  payload: (t) => ({
    merge: mergeField(t, 'The merge that was taken back; null when none was.', ({ more }) => (more as Unmerged | undefined)?.merge),
    kept: t.field({
      type: [KeptChange],
      description: 'What was changed since the merge, and stayed as it is.',
      resolve: ({ more }) => (more as Unmerged | undefined)?.kept ?? [],
    }),
    laterChanges: laterChangesField(t),
  }),
  run: async ({ tx, viewer }, { id }) => {
    const key = mergeableRecord(id, ['id']);
    return { record: key, more: await unmerge(tx, viewer, key) };
  },
});

function laterChangesField(t: Pick<AnyFields, 'arg' | 'field'>) {
  return t.field({
    type: RevisionConnection,
    description: 'The changes to the survivor between the merge and now, the newest first. They stay with it.',
    args: t.arg.connectionArgs(),
    resolve: ({ more }: Outcome, args: PageArgs, context: Context, info: Info) => {
      const done = more as Unmerged | undefined;
      return rootConnection(
        {
          model: 'Revision',
          delegate: delegateOf('Revision', context),
          where: () => (done ? { recordId: done.survivor.id, id: { gt: done.after, lt: done.before } } : { id: { lt: 0n } }),
          orderBy: () => [{ path: ['id'], direction: 'desc' }],
        },
        args,
        context,
        selectionOf(context, info),
      );
    },
  } as never) as AnyField;
}
