import { visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { Citable, citationsField } from '../documents/citable.ts';
import { EventLinkKind as kinds } from '../generated/prisma/enums.ts';
import { enumFilter } from '../graph/columns.ts';
import { all } from '../graph/condition.ts';
import { oneField } from '../graph/fields.ts';
import { one } from '../graph/filter.ts';
import { defineNoun, nounOf } from '../graph/noun.ts';
import { recordOrders } from '../graph/order.ts';
import { RecordInterface, recordFilters, recordType } from '../graph/record.ts';
import { revisionsField } from '../history/revision.ts';

export const EventLinkKind = builder.enumType('EventLinkKind', {
  description: 'How one event bears on another.',
  values: {
    [kinds.ANSWERS]: { description: 'It was done in answer to the other.' },
    [kinds.CAUSES]: { description: 'It brought the other about.' },
    [kinds.FOLLOWS]: { description: 'It came after the other, in the same course of events.' },
    [kinds.ENDS]: { description: 'It brought the other to an end.' },
  },
});

builder.prismaNode('EventLink', {
  ...recordType,
  interfaces: [RecordInterface, Citable],
  fields: (t) => ({
    from: oneField(t, 'EventLink', 'from'),
    to: oneField(t, 'EventLink', 'to'),
    kind: t.expose('kind', { type: EventLinkKind }),
    citations: citationsField(t, 'EventLink'),
    revisions: revisionsField(t),
  }),
});

const kind = enumFilter('EventLinkKind', EventLinkKind);

defineNoun({
  model: 'EventLink',
  plural: 'links between events',
  visible: ({ viewer }) => all([visible(viewer), { from: visible(viewer), to: visible(viewer) }]),
  filter: () => ({
    ...recordFilters('EventLink'),
    kind: kind('kind', 'How one event bears on the other.'),
    from: one('from', nounOf('Event'), 'The event that answers, causes, follows or ends the other.'),
    to: one('to', nounOf('Event'), 'The event that is answered, caused, followed or ended.'),
  }),
  orders: recordOrders,
  standardOrder: [{ path: ['createdAt'], direction: 'asc' }],
});
