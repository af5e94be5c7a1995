import { seen, seenColumns, visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { flag, language, text } from '../graph/columns.ts';
import { all } from '../graph/condition.ts';
import { listField, oneField } from '../graph/fields.ts';
import { has, one } from '../graph/filter.ts';
import { defineNoun, nounOf } from '../graph/noun.ts';
import { recordOrders } from '../graph/order.ts';
import { RecordInterface, recordFilters, recordType } from '../graph/record.ts';
import { revisionsField } from '../history/revision.ts';
import { spansField } from './span.ts';

builder.prismaNode('Appearance', {
  ...recordType,
  interfaces: [RecordInterface],
  fields: (t) => ({
    statement: oneField(t, 'Appearance', 'statement'),
    document: oneField(t, 'Appearance', 'document'),
    printedText: t.exposeString('printedText'),
    language: t.expose('language', { type: 'Language' }),
    isTranslation: t.exposeBoolean('isTranslation'),
    content: spansField(t, 'CONTENT', 'Where the document prints what was said, in pieces when it is interrupted.'),
    cue: spansField(t, 'CUE', 'Where the document marks it as said, such as “announced” or “according to”.'),
    source: spansField(t, 'SOURCE', 'Where the document names who said it.'),
    relayedFrom: oneField(t, 'Appearance', 'relayedFrom', {
      // An appearance can be seen when its document can.
      also: {
        select: { document: { select: seenColumns } },
        visible: ({ document }, viewer) => seen(viewer, document as never) !== null,
      },
    }),
    relayedBy: listField(t, 'Appearance', {
      relation: 'relayedBy',
      of: 'Appearance',
      description: 'The appearances in other documents that took it from this one.',
    }),
    revisions: revisionsField(t),
  }),
});

defineNoun({
  model: 'Appearance',
  plural: 'appearances',
  visible: ({ viewer }) => all([visible(viewer), { statement: visible(viewer), document: visible(viewer) }]),
  filter: () => ({
    ...recordFilters('Appearance'),
    statement: one('statement', nounOf('Statement'), 'The statement.'),
    document: one('document', nounOf('Document'), 'The document.'),
    printedText: text('printedText', 'The words as the document printed them.'),
    language: language('language', 'The language of the printed words.'),
    isTranslation: flag('isTranslation', 'Whether the document printed a translation.'),
    relayedFrom: one('relayedFrom', nounOf('Appearance'), 'The appearance from which the document took it.'),
    hasRelayedFrom: has('relayedFrom', nounOf('Appearance'), 'Whether the document took it from another.'),
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
