import { encodeGlobalID } from '@pothos/plugin-relay';
import { may } from '../auth/viewer.ts';
import { builder, decodeGlobalId } from '../builder.ts';
import { userError } from '../errors.ts';
import { recordModels } from '../graph/model.ts';
import { findNodes } from '../graph/node.ts';
import { maxPageSize } from '../graph/page.ts';
import { RecordInterface } from '../graph/record.ts';
import { readRoot, selectionOf } from '../graph/selection.ts';
import { RecordModel } from '../review/item.ts';
import { actionOf, actions } from './change.ts';
import { writeCursor } from './cursor.ts';
import { beginning, follow, type Told } from './follow.ts';
import { Followed } from './merges.ts';
import { readEnd } from './read.ts';
import { subscriptionOf } from './subscription.ts';

const descriptions: Record<(typeof actions)[number], string> = {
  CREATED: 'It was made, as a draft.',
  UPDATED: 'It was changed, or its parts were, and its status is the same.',
  PUBLISHED: 'It became to be seen by everyone: it was published, made as published, or brought back to that.',
  RETRACTED: 'It was taken back.',
  MERGED: 'It was merged into another, which `record` gives.',
  RETURNED_TO_DRAFT: 'It is a draft again, since its publishing was undone.',
  DELETED: 'It was removed.',
};

const RecordChangeAction = builder.enumType('RecordChangeAction', {
  description: 'What a change was to a record.',
  values: Object.fromEntries(actions.map((action) => [action, { description: descriptions[action] }])),
});

const RecordChange = builder.objectRef<Told>('RecordChange').implement({
  description: 'All that one transaction did to a record and its parts.',
  fields: (t) => ({
    cursor: t.string({
      description: 'Where the change stands among all: pass it as `after` to go on from here.',
      resolve: ({ change }) => writeCursor(change),
    }),
    id: t.id({ description: 'The id of the record.', resolve: ({ change }) => encodeGlobalID(change.model, change.recordId) }),
    type: t.field({ type: RecordModel, description: 'The kind of the record.', resolve: ({ change }) => change.model }),
    action: t.field({ type: RecordChangeAction, description: 'What the change was.', resolve: ({ change }) => actionOf(change) }),
    revision: t.int({
      nullable: true,
      description: 'How often the record had been changed then, its making included; null when that is not known of what was removed.',
      resolve: ({ change }) => change.number,
    }),
    at: t.field({ type: 'DateTime', description: 'When the change was made.', resolve: ({ change }) => change.at }),
    by: t.string({
      nullable: true,
      description: 'The account that made the change, for those who work on the record.',
      resolve: ({ change }, _args, { viewer }) => (may(viewer, 'CONTRIBUTE') ? change.by : null),
    }),
    record: t.field({
      type: RecordInterface,
      nullable: true,
      description: 'The record as it is now, which may be after further changes; null when you may not see it, or no longer.',
      resolve: async ({ change }, _args, context, info) => {
        const [found] = await findNodes([encodeGlobalID(change.model, change.recordId)], context, selectionOf(context, info));
        return found instanceof Error ? null : (found as never);
      },
    }),
  }),
});

builder.subscriptionField('recordChanged', (t) =>
  t.field({
    type: RecordChange,
    description:
      'Tells of each change to a record, after it was committed, once, in the order of commits, as far as it is yours to see: readers are told of what is published, and of its retraction.',
    args: {
      types: t.arg({ type: [RecordModel], description: 'Only records of these kinds.' }),
      ids: t.arg.idList({
        description: `Only these records, up to ${maxPageSize}. When one of them is merged into another, that one is followed from then on.`,
      }),
      after: t.arg.string({ description: 'Begins with what came after this cursor; without it, with what is still to come.' }),
    },
    subscribe: async (_root, { types, ids, after }, context) => {
      const subscription = subscriptionOf(context);
      const wanted = ids && uuidsOf(ids.map(String));
      const from = await beginning(subscription, after);
      const kinds = types && new Set<string>(types.map(String));
      const followed = wanted && (await Followed.at(context.prisma, wanted, from));
      return follow(subscription, from, {
        wants: (change) => (followed?.has(change) ?? true) && (kinds?.has(change.model) ?? true),
      });
    },
    resolve: (told) => told,
  }),
);

/** @throws {GraphQLError} INVALID_ID or INVALID_PAGE. */
function uuidsOf(ids: readonly string[]): string[] {
  if (ids.length > maxPageSize) {
    throw userError('INVALID_PAGE', `\`ids\` has ${ids.length} ids; up to ${maxPageSize} records can be followed by one subscription.`);
  }
  return ids.map((id) => {
    const { typename, id: uuid } = decodeGlobalId(id);
    if (!recordModels.includes(typename)) throw userError('INVALID_ID', `"${id}" is not the id of a record.`);
    return uuid;
  });
}

builder.queryField('changeCursor', (t) =>
  t.field({
    type: 'String',
    description:
      'Where the changes to the record stand now. Ask for it first, then for the record, and subscribe `after` it: then nothing is missed in between.',
    ...readRoot(async (_args, { prisma }) => writeCursor(await readEnd(prisma))),
  } as never),
);
