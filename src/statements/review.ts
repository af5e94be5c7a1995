import { visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { Actor } from '../graph/actor.ts';
import { date, number, text } from '../graph/columns.ts';
import { all } from '../graph/condition.ts';
import { actor, type Ends, endsField } from '../graph/ends.ts';
import { oneField } from '../graph/fields.ts';
import { one } from '../graph/filter.ts';
import { defineNoun, nounOf } from '../graph/noun.ts';
import { recordOrders } from '../graph/order.ts';
import { defineQueries } from '../graph/queries.ts';
import { RecordInterface, recordFilters, recordType } from '../graph/record.ts';
import { revisionsField } from '../history/revision.ts';

// What fact checks found. The editors' review of drafts and proposals is in src/review.

const reviewer: Ends = { reviewerPerson: 'Person', reviewerOrganization: 'Organization' };

builder.prismaNode('Review', {
  ...recordType,
  interfaces: [RecordInterface],
  fields: (t) => ({
    statement: oneField(t, 'Review', 'statement'),
    document: oneField(t, 'Review', 'document'),
    reviewer: endsField(t, { type: Actor, ends: reviewer, nullable: true, description: 'Who reviewed it; null when nobody is named.' }),
    rating: t.exposeString('rating', { nullable: true }),
    ratingValue: t.exposeFloat('ratingValue', { nullable: true }),
    bestRating: t.exposeFloat('bestRating', { nullable: true }),
    worstRating: t.exposeFloat('worstRating', { nullable: true }),
    date: t.expose('date', { type: 'EDTF', nullable: true }),
    revisions: revisionsField(t),
  }),
});

const review = defineNoun({
  model: 'Review',
  plural: 'reviews',
  visible: ({ viewer }) => all([visible(viewer), { statement: visible(viewer), document: visible(viewer) }]),
  filter: () => ({
    ...recordFilters('Review'),
    statement: one('statement', nounOf('Statement'), 'The statement that was reviewed.'),
    document: one('document', nounOf('Document'), 'The document that published the review.'),
    reviewer: actor(reviewer, 'Who reviewed it.'),
    rating: text('rating', 'The rating in the reviewer’s words.'),
    ratingValue: number('ratingValue', 'The rating as a number, on the reviewer’s scale.'),
    date: date('date', '', 'When the statement was reviewed.'),
  }),
  orders: {
    DATE: { columns: ['earliest'], description: 'When the statement was reviewed, by the first instant that the date allows.' },
    ...recordOrders,
  },
  standardOrder: [{ path: ['earliest'], direction: 'desc' }],
});

defineQueries(review, { singular: 'review', plural: 'reviews', by: {}, one: 'a review', many: 'what fact checks found of statements' });
