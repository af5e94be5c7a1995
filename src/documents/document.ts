import { visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { DocumentKind as kinds } from '../generated/prisma/enums.ts';
import { date, enumFilter, language, text } from '../graph/columns.ts';
import { listField, oneField } from '../graph/fields.ts';
import { has, one } from '../graph/filter.ts';
import { defineNoun, nounOf } from '../graph/noun.ts';
import { recordOrders } from '../graph/order.ts';
import { defineQueries } from '../graph/queries.ts';
import { RecordInterface, recordFilters, recordType } from '../graph/record.ts';
import { revisionsField } from '../history/revision.ts';
import { identifierFields, identifiers } from '../names/identifier.ts';
import { authorsField, authorsFilter } from './author.ts';
import { mentionsField } from './mention.ts';

export const DocumentKind = builder.enumType('DocumentKind', {
  description: 'What kind of document this is, after the subtypes of schema.org CreativeWork.',
  values: {
    [kinds.NEWS_ARTICLE]: { description: 'A report in the news.' },
    [kinds.SOCIAL_MEDIA_POSTING]: { description: 'A post on a social network.' },
    [kinds.PRESS_RELEASE]: { description: 'An announcement to the press.' },
    [kinds.TRANSCRIPT]: { description: 'Spoken words, written down.' },
    [kinds.REPORT]: { description: 'A report of an organization or a researcher.' },
    [kinds.BROADCAST]: { description: 'A programme of radio or television.' },
    [kinds.BOOK]: { description: 'A book.' },
    [kinds.WEB_PAGE]: { description: 'A page on the web that is none of the others.' },
  },
});

builder.prismaNode('Document', {
  ...recordType,
  interfaces: [RecordInterface],
  // The text may be long: like every column it is read only when it is asked for.
  fields: (t) => ({
    url: t.exposeString('url', { nullable: true }),
    title: t.exposeString('title', { nullable: true }),
    language: t.expose('language', { type: 'Language', nullable: true }),
    kind: t.expose('kind', { type: DocumentKind, nullable: true }),
    publisher: oneField(t, 'Document', 'publisher'),
    authors: authorsField(t),
    publishedAt: t.expose('publishedAt', { type: 'EDTF', nullable: true }),
    text: t.exposeString('text', { nullable: true }),
    sha256: t.exposeString('sha256', { nullable: true }),
    archivedUrl: t.exposeString('archivedUrl', { nullable: true }),
    derivedFrom: oneField(t, 'Document', 'derivedFrom'),
    derivatives: listField(t, 'Document', {
      relation: 'derivatives',
      of: 'Document',
      description: 'The documents that are taken from this one.',
    }),
    ...identifierFields(t),
    appearances: listField(t, 'Document', {
      relation: 'appearances',
      of: 'Appearance',
      description: 'The statements in it, each with the place and the words as printed.',
    }),
    statements: listField(t, 'Document', {
      relation: 'appearances',
      through: 'statement',
      of: 'Statement',
      description: 'The statements in it.',
    }),
    mentions: mentionsField(t),
    citations: listField(t, 'Document', {
      relation: 'citations',
      of: 'Citation',
      description: 'The facts that this document is cited for.',
    }),
    reviews: listField(t, 'Document', {
      relation: 'reviews',
      of: 'Review',
      description: 'The reviews of statements that it published.',
    }),
    revisions: revisionsField(t),
  }),
});

const kind = enumFilter('DocumentKind', DocumentKind);

const document = defineNoun({
  model: 'Document',
  plural: 'documents',
  visible: ({ viewer }) => visible(viewer),
  filter: () => ({
    ...recordFilters('Document'),
    url: text('url', 'Where it stands on the web.'),
    title: text('title', 'The title.'),
    language: language('language', 'The language that it is written in.'),
    kind: kind('kind', 'What kind of document it is.'),
    identifiers: identifiers(),
    publisher: one('publisher', nounOf('Organization'), 'Who published it.'),
    hasPublisher: has('publisher', nounOf('Organization'), 'Whether the record says who published it.'),
    authors: authorsFilter(),
    publishedAt: date('publishedAt', 'published', 'When it was published.'),
    sha256: text('sha256', 'The SHA-256 of the text; `isNull: false` finds the documents whose text is kept.'),
    derivedFrom: one('derivedFrom', nounOf('Document'), 'The document that it is taken from.'),
    hasDerivedFrom: has('derivedFrom', nounOf('Document'), 'Whether it is taken from another.'),
    appearances: nounOf('Appearance').list('appearances', 'The statements in it.'),
    citations: nounOf('Citation').list('citations', 'The facts that it is cited for.'),
    reviews: nounOf('Review').list('reviews', 'The reviews of statements that it published.'),
  }),
  orders: {
    PUBLISHED_AT: { columns: ['publishedEarliest'], description: 'When it was published, by the first instant that the date allows.' },
    TITLE: { columns: ['title'], description: 'The title.' },
    ...recordOrders,
  },
  standardOrder: [{ path: ['publishedEarliest'], direction: 'desc' }],
});

defineQueries(document, {
  singular: 'document',
  plural: 'documents',
  by: { identifier: true, url: true },
  one: 'a document',
  many: 'documents',
});
