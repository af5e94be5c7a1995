import { visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { Medium as media, QuoteType as quoteTypes, SpeechAct as speechActs } from '../generated/prisma/enums.ts';
import { Actor } from '../graph/actor.ts';
import { date, enumFilter, flag, language, text } from '../graph/columns.ts';
import { actor, type Ends, endsField } from '../graph/ends.ts';
import { listField, oneField } from '../graph/fields.ts';
import { has, one } from '../graph/filter.ts';
import { defineNoun, nounOf } from '../graph/noun.ts';
import { recordOrders } from '../graph/order.ts';
import { defineQueries } from '../graph/queries.ts';
import { RecordInterface, recordFilters, recordType } from '../graph/record.ts';
import { revisionsField } from '../history/revision.ts';
import { identifiers, identifiersField } from '../names/identifier.ts';
import { capacityField } from './capacity.ts';
import { aboutField, topics } from './topic.ts';
import { translationsField } from './translation.ts';

export const QuoteType = builder.enumType('QuoteType', {
  description: 'How words are given, after PARC.',
  values: {
    [quoteTypes.DIRECT]: { description: 'As they were said, between quotation marks.' },
    [quoteTypes.INDIRECT]: { description: 'As reported, in the words of the reporter.' },
    [quoteTypes.MIXED]: { description: 'As reported, with some of the words as they were said.' },
  },
});

export const SpeechAct = builder.enumType('SpeechAct', {
  description: 'What one does by saying something: the five classes of Searle.',
  values: {
    [speechActs.ASSERTIVE]: { description: 'Says that something is so: states, reports, predicts.' },
    [speechActs.DIRECTIVE]: { description: 'Wants someone to do something: asks, orders, advises.' },
    [speechActs.COMMISSIVE]: { description: 'Binds oneself to do something: promises, refuses, threatens.' },
    [speechActs.EXPRESSIVE]: { description: 'Says what one feels: thanks, welcomes, deplores.' },
    [speechActs.DECLARATIVE]: { description: 'Makes something so by saying it: declares, appoints, ends.' },
  },
});

export const Medium = builder.enumType('Medium', {
  description: 'The channel through which something was said.',
  values: {
    [media.SPEECH]: { description: 'Before an audience.' },
    [media.INTERVIEW]: { description: 'In answer to a reporter who asked for it.' },
    [media.PRESS_CONFERENCE]: { description: 'Before reporters.' },
    [media.PRESS_RELEASE]: { description: 'In a written announcement to the press.' },
    [media.SOCIAL_MEDIA]: { description: 'In a post on a social network.' },
    [media.BROADCAST]: { description: 'On radio or television.' },
    [media.DEBATE]: { description: 'In a debate, as in a parliament.' },
    [media.LETTER]: { description: 'In a letter.' },
    [media.PUBLICATION]: { description: 'In a book, an article or a report of one’s own.' },
    [media.CONVERSATION]: { description: 'In a conversation.' },
  },
});

const speaker: Ends = { speakerPerson: 'Person', speakerOrganization: 'Organization' };
const addressee: Ends = { addresseePerson: 'Person', addresseeOrganization: 'Organization' };

builder.prismaNode('Statement', {
  ...recordType,
  interfaces: [RecordInterface],
  fields: (t) => ({
    text: t.exposeString('text'),
    language: t.expose('language', { type: 'Language' }),
    isTranslation: t.exposeBoolean('isTranslation'),
    originalLanguage: t.expose('originalLanguage', { type: 'Language', nullable: true }),
    translations: translationsField(t),
    quoteType: t.expose('quoteType', { type: QuoteType }),
    speechAct: t.expose('speechAct', { type: SpeechAct, nullable: true }),
    speaker: endsField(t, {
      type: Actor,
      ends: speaker,
      nullable: true,
      description: 'Who said it; null when nobody is named, as for anonymous and collective speakers.',
    }),
    attributionText: t.exposeString('attributionText', { nullable: true }),
    capacity: capacityField(t),
    addressee: endsField(t, { type: Actor, ends: addressee, nullable: true, description: 'To whom it was said.' }),
    medium: t.expose('medium', { type: Medium, nullable: true }),
    outlet: oneField(t, 'Statement', 'outlet'),
    venue: oneField(t, 'Statement', 'venue'),
    date: t.expose('date', { type: 'EDTF', nullable: true }),
    about: aboutField(t),
    identifiers: identifiersField(t),
    appearances: listField(t, 'Statement', {
      relation: 'appearances',
      of: 'Appearance',
      description: 'The documents that printed it, each with the place and the words.',
    }),
    linksFrom: listField(t, 'Statement', {
      relation: 'linksFrom',
      of: 'StatementLink',
      description: 'What this statement does to others: which it confirms, disputes, corrects…',
    }),
    linksTo: listField(t, 'Statement', {
      relation: 'linksTo',
      of: 'StatementLink',
      description: 'What other statements do to this one: which confirm, dispute, correct it…',
    }),
    reviews: listField(t, 'Statement', {
      relation: 'reviews',
      of: 'Review',
      description: 'What fact checks found of it.',
    }),
    revisions: revisionsField(t),
  }),
});

const quoteType = enumFilter('QuoteType', QuoteType);
const speechAct = enumFilter('SpeechAct', SpeechAct);
const medium = enumFilter('Medium', Medium);

const statement = defineNoun({
  model: 'Statement',
  plural: 'statements',
  visible: ({ viewer }) => visible(viewer),
  filter: () => ({
    ...recordFilters('Statement'),
    text: text('text', 'The words.'),
    language: language('language', 'The language of the words.'),
    isTranslation: flag('isTranslation', 'Whether the words are themselves a translation.'),
    originalLanguage: language('originalLanguage', 'The language in which it was said, when the words are a translation.'),
    quoteType: quoteType('quoteType', 'How the words are given.'),
    speechAct: speechAct('speechAct', 'What the speaker does by saying it.'),
    speaker: actor(speaker, 'Who said it.'),
    attributionText: text('attributionText', 'The speaker as printed.'),
    capacity: one('capacity', nounOf('Membership'), 'The place that the speaker held when speaking, as recorded.'),
    hasCapacity: has('capacity', nounOf('Membership'), 'Whether the capacity is recorded.'),
    addressee: actor(addressee, 'To whom it was said.'),
    medium: medium('medium', 'The channel through which it was said.'),
    outlet: one('outlet', nounOf('Organization'), 'The platform or medium that carried it.'),
    venue: one('venue', nounOf('Place'), 'Where it was said.'),
    date: date('date', '', 'When it was said.'),
    about: topics(),
    identifiers: identifiers(),
    appearances: nounOf('Appearance').list('appearances', 'The documents that printed it.'),
    linksFrom: nounOf('StatementLink').list('linksFrom', 'What it does to other statements.'),
    linksTo: nounOf('StatementLink').list('linksTo', 'What other statements do to it.'),
    reviews: nounOf('Review').list('reviews', 'What fact checks found of it.'),
  }),
  orders: {
    DATE: { columns: ['earliest'], description: 'When it was said, by the first instant that the date allows.' },
    ...recordOrders,
  },
  standardOrder: [{ path: ['earliest'], direction: 'desc' }],
});

defineQueries(statement, {
  singular: 'statement',
  plural: 'statements',
  by: { identifier: true },
  one: 'a statement',
  many: 'statements',
});
