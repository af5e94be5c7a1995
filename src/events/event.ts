import { visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { Citable, citationsField } from '../documents/citable.ts';
import { date, enumFilter, localized, text, within } from '../graph/columns.ts';
import { listField, oneField } from '../graph/fields.ts';
import { has, one } from '../graph/filter.ts';
import { languagesField, localizedField } from '../graph/localized.ts';
import { defineNoun, nounOf } from '../graph/noun.ts';
import { recordOrders } from '../graph/order.ts';
import { defineQueries } from '../graph/queries.ts';
import { RecordInterface, recordFilters, recordType } from '../graph/record.ts';
import { Subject, subjectFields } from '../graph/subject.ts';
import { revisionsField } from '../history/revision.ts';
import { identifierFields, identifiers } from '../names/identifier.ts';
import { names, namesField } from '../names/name.ts';
import { AuxiliaryMode, EventMode, EventType } from './plover.ts';

builder.prismaNode('Event', {
  ...recordType,
  interfaces: [RecordInterface, Subject, Citable],
  fields: (t) => ({
    ...subjectFields(t, 'Event'),
    title: localizedField(t, 'title', 'What happened, in a few words.', false),
    titles: languagesField(t, 'title', 'The title in all languages that the record has it in.'),
    description: localizedField(t, 'description', 'What happened, in a few sentences.'),
    descriptions: languagesField(t, 'description', 'The description in all languages that the record has it in.'),
    type: t.expose('type', { type: EventType, nullable: true }),
    mode: t.expose('mode', { type: EventMode, nullable: true }),
    auxiliaryMode: t.expose('auxiliaryMode', { type: AuxiliaryMode, nullable: true }),
    classification: t.exposeString('classification', { nullable: true }),
    date: t.expose('date', { type: 'EDTF', nullable: true }),
    endDate: t.expose('endDate', { type: 'EDTF', nullable: true }),
    place: oneField(t, 'Event', 'place'),
    parent: oneField(t, 'Event', 'parent'),
    parts: listField(t, 'Event', { relation: 'parts', of: 'Event', description: 'The events that are part of this one, one level down.' }),
    aliases: namesField(t, 'aliases'),
    ...identifierFields(t),
    participations: listField(t, 'Event', {
      relation: 'participations',
      of: 'Participation',
      description: 'Who took part in it, and as what.',
    }),
    linksFrom: listField(t, 'Event', {
      relation: 'linksFrom',
      of: 'EventLink',
      description: 'What this event does to others: which it answers, causes, follows or ends.',
    }),
    linksTo: listField(t, 'Event', {
      relation: 'linksTo',
      of: 'EventLink',
      description: 'What other events do to this one: which answer, cause, follow or end it.',
    }),
    citations: citationsField(t, 'Event'),
    revisions: revisionsField(t),
  }),
});

const type = enumFilter('EventType', EventType);
const mode = enumFilter('EventMode', EventMode);
const auxiliaryMode = enumFilter('AuxiliaryMode', AuxiliaryMode);

const event = defineNoun({
  model: 'Event',
  plural: 'events',
  visible: ({ viewer }) => visible(viewer),
  filter: () => ({
    ...recordFilters('Event'),
    title: localized('titleText', 'What happened, in any language.'),
    aliases: names('aliases'),
    identifiers: identifiers(),
    type: type('type', 'The PLOVER category.'),
    mode: mode('mode', 'The PLOVER mode.'),
    auxiliaryMode: auxiliaryMode('auxiliaryMode', 'The PLOVER auxiliary mode.'),
    classification: text('classification', 'What kind of event it is, in free words.'),
    date: date('date', '', 'When it happened, or began.'),
    endDate: date('endDate', 'end', 'When it ended, if it lasted.'),
    place: one('place', nounOf('Place'), 'Where it happened.'),
    hasPlace: has('place', nounOf('Place'), 'Whether the record says where it happened.'),
    parent: one('parent', nounOf('Event'), 'The event that it is part of.'),
    hasParent: has('parent', nounOf('Event'), 'Whether it is part of another event.'),
    within: within('Event', 'The event that it is part of, on whatever level, or is itself.'),
    parts: nounOf('Event').list('parts', 'The events that are part of it.'),
    participations: nounOf('Participation').list('participations', 'Who took part in it.'),
    linksFrom: nounOf('EventLink').list('linksFrom', 'What it does to other events.'),
    linksTo: nounOf('EventLink').list('linksTo', 'What other events do to it.'),
    statementsAbout: nounOf('Statement').list('topics', 'The statements that are about it.', 'statement'),
    citations: nounOf('Citation').list('citations', 'The documents that say so.'),
  }),
  orders: {
    DATE: { columns: ['earliest'], description: 'When it happened or began, by the first instant that the date allows.' },
    END_DATE: { columns: ['endEarliest'], description: 'When it ended, by the first instant that the date allows.' },
    ...recordOrders,
  },
  standardOrder: [{ path: ['earliest'], direction: 'asc' }],
});

defineQueries(event, { singular: 'event', plural: 'events', by: { identifier: true }, one: 'an event', many: 'events' });
