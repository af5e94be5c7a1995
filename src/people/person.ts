import { visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { Actor, actorFields } from '../graph/actor.ts';
import { date, text } from '../graph/columns.ts';
import { defineNoun, nounOf } from '../graph/noun.ts';
import { recordOrders } from '../graph/order.ts';
import { defineQueries } from '../graph/queries.ts';
import { RecordInterface, recordFilters, recordType } from '../graph/record.ts';
import { Subject, subjectFields } from '../graph/subject.ts';
import { revisionsField } from '../history/revision.ts';
import { identifiers } from '../names/identifier.ts';
import { names } from '../names/name.ts';
import { positionsField } from './positions.ts';

builder.prismaNode('Person', {
  ...recordType,
  interfaces: [RecordInterface, Actor, Subject],
  fields: (t) => ({
    ...actorFields(t, 'Person'),
    ...subjectFields(t, 'Person'),
    sortName: t.exposeString('sortName'),
    givenName: t.exposeString('givenName', { nullable: true }),
    familyName: t.exposeString('familyName', { nullable: true }),
    gender: t.exposeString('gender', { nullable: true }),
    birthDate: t.expose('birthDate', { type: 'EDTF', nullable: true }),
    deathDate: t.expose('deathDate', { type: 'EDTF', nullable: true }),
    positions: positionsField(t),
    revisions: revisionsField(t),
  }),
});

const person = defineNoun({
  model: 'Person',
  plural: 'people',
  visible: ({ viewer }) => visible(viewer),
  filter: () => ({
    ...recordFilters('Person'),
    name: text('name', 'The name that the person is best known by.'),
    sortName: text('sortName', 'The name to sort by.'),
    names: names(),
    identifiers: identifiers(),
    gender: text('gender', 'The gender, in the words of the sources.'),
    birthDate: date('birthDate', 'birth', 'When the person was born.'),
    deathDate: date('deathDate', 'death', 'When the person died.'),
    memberships: nounOf('Membership').list('memberships', 'The places held in organizations.'),
    participations: nounOf('Participation').list('participations', 'The parts taken in events.'),
    statements: nounOf('Statement').list('statements', 'The statements made.'),
    reviews: nounOf('Review').list('reviews', 'What was found of statements in fact checks.'),
  }),
  orders: {
    NAME: { columns: ['name'], description: 'The name.' },
    SORT_NAME: { columns: ['sortName'], description: 'The name to sort by.' },
    BIRTH_DATE: { columns: ['birthEarliest'], description: 'When the person was born, by the first instant that the date allows.' },
    DEATH_DATE: { columns: ['deathEarliest'], description: 'When the person died, by the first instant that the date allows.' },
    ...recordOrders,
  },
  standardOrder: [{ path: ['sortName'], direction: 'asc' }],
});

defineQueries(person, { singular: 'person', plural: 'people', by: { identifier: true }, one: 'a person', many: 'people' });
