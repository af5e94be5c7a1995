import { visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { all } from '../graph/condition.ts';
import { type Ends, endsField } from '../graph/ends.ts';
import { oneField } from '../graph/fields.ts';
import { one } from '../graph/filter.ts';
import { defineNoun, nounOf } from '../graph/noun.ts';
import { recordOrders } from '../graph/order.ts';
import { RecordInterface, recordFilters, recordType } from '../graph/record.ts';
import { revisionsField } from '../history/revision.ts';
import { Citable } from './citable.ts';
import { spansField } from './span.ts';

const fact: Ends = {
  event: 'Event',
  participation: 'Participation',
  membership: 'Membership',
  eventLink: 'EventLink',
  statementLink: 'StatementLink',
};

builder.prismaNode('Citation', {
  ...recordType,
  interfaces: [RecordInterface],
  fields: (t) => ({
    fact: endsField(t, { type: Citable, ends: fact, description: 'What it is the evidence for.' }),
    document: oneField(t, 'Citation', 'document'),
    spans: spansField(t, 'EVIDENCE', 'The words that say so, in their order.'),
    revisions: revisionsField(t),
  }),
});

defineNoun({
  model: 'Citation',
  plural: 'citations',
  visible: (context: Context) =>
    all([
      visible(context.viewer),
      { document: visible(context.viewer) },
      { OR: Object.entries(fact).map(([relation, model]) => ({ [relation]: nounOf(model).visible(context) })) },
    ]),
  filter: () => ({
    ...recordFilters('Citation'),
    document: one('document', nounOf('Document'), 'The document that says so.'),
  }),
  orders: {
    PUBLISHED_AT: {
      columns: [['document', 'publishedEarliest']],
      description: 'When the document was published, by the first instant that the date allows.',
    },
    ...recordOrders,
  },
  standardOrder: [{ path: ['createdAt'], direction: 'asc' }],
});
