import { visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { Citable, citationsField } from '../documents/citable.ts';
import { StatementLinkKind as kinds } from '../generated/prisma/enums.ts';
import { enumFilter } from '../graph/columns.ts';
import { all } from '../graph/condition.ts';
import { oneField } from '../graph/fields.ts';
import { one } from '../graph/filter.ts';
import { defineNoun, nounOf } from '../graph/noun.ts';
import { recordOrders } from '../graph/order.ts';
import { RecordInterface, recordFilters, recordType } from '../graph/record.ts';
import { revisionsField } from '../history/revision.ts';

export const StatementLinkKind = builder.enumType('StatementLinkKind', {
  description: 'How one statement bears on another, in terms of CiTO, the Citation Typing Ontology.',
  values: {
    [kinds.CONFIRMS]: { description: 'It says that the other is right.' },
    [kinds.DISPUTES]: { description: 'It says that the other is open to doubt.' },
    [kinds.CORRECTS]: { description: 'It puts something in the other right.' },
    [kinds.REFUTES]: { description: 'It shows or says that the other is wrong.' },
    [kinds.QUALIFIES]: { description: 'It limits the other.' },
    [kinds.REPLIES_TO]: { description: 'It answers the other.' },
    [kinds.RETRACTS]: { description: 'It takes the other back.' },
    [kinds.UPDATES]: { description: 'It brings the other up to date.' },
  },
});

builder.prismaNode('StatementLink', {
  ...recordType,
  interfaces: [RecordInterface, Citable],
  fields: (t) => ({
    from: oneField(t, 'StatementLink', 'from'),
    to: oneField(t, 'StatementLink', 'to'),
    kind: t.expose('kind', { type: StatementLinkKind }),
    citations: citationsField(t, 'StatementLink'),
    revisions: revisionsField(t),
  }),
});

const kind = enumFilter('StatementLinkKind', StatementLinkKind);

defineNoun({
  model: 'StatementLink',
  plural: 'links between statements',
  visible: ({ viewer }) => all([visible(viewer), { from: visible(viewer), to: visible(viewer) }]),
  filter: () => ({
    ...recordFilters('StatementLink'),
    kind: kind('kind', 'How one statement bears on the other.'),
    from: one('from', nounOf('Statement'), 'The statement that bears on the other.'),
    to: one('to', nounOf('Statement'), 'The statement that the other bears on.'),
  }),
  orders: recordOrders,
  standardOrder: [{ path: ['createdAt'], direction: 'asc' }],
});
