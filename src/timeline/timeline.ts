import { builder, decodeGlobalId } from '../builder.ts';
import type { Edtf } from '../edtf.ts';
import { userError } from '../errors.ts';
import { connectionOf, nodePaths } from '../graph/connection.ts';
import { endsField } from '../graph/ends.ts';
import { delegateOf, nounOf, refOf } from '../graph/noun.ts';
import { OrderDirection } from '../graph/order.ts';
import type { PageArgs } from '../graph/page.ts';
import { missing } from '../graph/queries.ts';
import { readRawPage } from '../graph/raw-page.ts';
import { RecordInterface } from '../graph/record.ts';
import { readRoot } from '../graph/selection.ts';
import { countEntries, type EntryKind, findEntries, isTimelineSubject } from './find.ts';

const TimelineKind = builder.enumType('TimelineKind', {
  description: 'What stands in a timeline.',
  values: {
    EVENT: { description: 'Events.' },
    STATEMENT: { description: 'Statements.' },
    MEMBERSHIP: { description: 'Memberships, at the date when they began.' },
  } satisfies Record<EntryKind, object>,
});

builder.prismaObject('TimelineEntry', {
  select: { id: true },
  fields: (t) => ({
    date: t.expose('date', { type: 'EDTF', nullable: true }),
    endDate: t.expose('endDate', { type: 'EDTF', nullable: true }),
    record: endsField(t, {
      type: RecordInterface,
      ends: { event: 'Event', statement: 'Statement', membership: 'Membership' },
      description: 'The event, statement or membership.',
    }),
  }),
});

interface TimelineArgs extends PageArgs {
  of: string;
  during?: Edtf | null;
  kinds?: EntryKind[] | null;
  direction: 'ASC' | 'DESC';
}

const TimelineConnection = connectionOf(refOf('TimelineEntry'), 'Timeline', 'a timeline');

builder.queryField('timeline', (t) =>
  t.field({
    type: TimelineConnection,
    description:
      'What the record knows of someone or something, in the order of time. Of a person or an organization: the events they took part in, the statements by, to and about them, their memberships (and of an organization, its members’). Of a place and the places in it: the events and statements there, and the statements about it. Of an event and its parts: these events, and the statements about them. What has no date comes last.',
    args: {
      of: t.arg.id({ required: true, description: 'The id of a person, an organization, a place or an event.' }),
      during: t.arg({
        type: 'EDTF',
        required: false,
        description: 'Only what can have been at this time, as far as its dates are known; what has no date is left out.',
      }),
      kinds: t.arg({ type: [TimelineKind], required: false, description: 'What to take in; everything when absent.' }),
      direction: t.arg({
        type: OrderDirection,
        required: true,
        defaultValue: 'ASC',
        description: 'Whether the past or the future comes first.',
      }),
      ...t.arg.connectionArgs(),
    },
    ...readRoot<TimelineArgs>(async ({ of, during, kinds, direction, ...args }, context, selection) => {
      const { typename, id } = decodeGlobalId(String(of));
      if (!isTimelineSubject(typename)) {
        throw userError(
          'INVALID_ID',
          `\`of\` is the id of a ${typename}; a timeline is of a person, an organization, a place or an event.`,
        );
      }
      const order = direction === 'DESC' ? 'desc' : 'asc';
      const page = readRawPage(
        'timeline',
        [
          { column: 'earliest', type: 'DateTime', direction: order, nullable: true },
          { column: 'id', type: 'Uuid', direction: order },
        ],
        args,
      );
      const subject = nounOf(typename);
      const wanted = { model: typename, id, during: during ?? undefined, kinds: kinds ?? undefined };
      const [entries, totalCount] = await Promise.all([
        findEntries(context, wanted, page),
        selection.names.has('totalCount') ? countEntries(context, wanted) : undefined,
      ]);
      // Nothing was found, perhaps because there is no such subject.
      if (entries.length === 0) {
        const there = await delegateOf(typename, context).count({ where: { AND: [subject.visible(context), { id }] } });
        if (there === 0) throw await missing(subject, { id }, context);
      }
      const { edges, pageInfo } = page.connect(entries);
      const idsOf = (kind: EntryKind) => edges.filter(({ node }) => node.kind === kind).map(({ node }) => node.id);
      const rows =
        edges.length === 0
          ? []
          : await delegateOf('TimelineEntry', context).findMany({
              ...selection.query('TimelineEntry', nodePaths, { id: true }),
              where: {
                OR: [
                  { eventId: { in: idsOf('EVENT') } },
                  { statementId: { in: idsOf('STATEMENT') } },
                  { membershipId: { in: idsOf('MEMBERSHIP') } },
                ],
              },
            });
      const found = new Map((rows as { id: string }[]).map((row) => [row.id, row]));
      return {
        pageInfo,
        edges: edges.map(({ cursor, node }) => ({ cursor, node: found.get(node.id) as never })),
        totalCount,
      };
    }),
  } as never),
);
