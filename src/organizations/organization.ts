import { visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { Actor, actorFields } from '../graph/actor.ts';
import { date, text, within } from '../graph/columns.ts';
import { listField, oneField } from '../graph/fields.ts';
import { has, one } from '../graph/filter.ts';
import { defineNoun, nounOf } from '../graph/noun.ts';
import { recordOrders } from '../graph/order.ts';
import { defineQueries } from '../graph/queries.ts';
import { RecordInterface, recordFilters, recordType } from '../graph/record.ts';
import { Subject, subjectFields } from '../graph/subject.ts';
import { revisionsField } from '../history/revision.ts';
import { identifiers } from '../names/identifier.ts';
import { names } from '../names/name.ts';

builder.prismaNode('Organization', {
  ...recordType,
  interfaces: [RecordInterface, Actor, Subject],
  fields: (t) => ({
    ...actorFields(t, 'Organization'),
    ...subjectFields(t, 'Organization'),
    classification: t.exposeString('classification', { nullable: true }),
    foundingDate: t.expose('foundingDate', { type: 'EDTF', nullable: true }),
    dissolutionDate: t.expose('dissolutionDate', { type: 'EDTF', nullable: true }),
    parent: oneField(t, 'Organization', 'parent'),
    parts: listField(t, 'Organization', {
      relation: 'parts',
      of: 'Organization',
      description: 'The organizations that are part of this one, one level down.',
    }),
    members: listField(t, 'Organization', {
      relation: 'members',
      of: 'Membership',
      description: 'The places in this organization, with those who hold or held them.',
    }),
    represented: listField(t, 'Organization', {
      relation: 'represented',
      of: 'Membership',
      description: 'The places in other organizations that are held on behalf of this one.',
    }),
    publishedDocuments: listField(t, 'Organization', {
      relation: 'published',
      of: 'Document',
      description: 'The documents that this organization published.',
    }),
    carriedStatements: listField(t, 'Organization', {
      relation: 'carriedStatements',
      of: 'Statement',
      description: 'The statements that were made through this organization: on its platform, in its programme, to its reporters.',
    }),
    revisions: revisionsField(t),
  }),
});

const organization = defineNoun({
  model: 'Organization',
  plural: 'organizations',
  visible: ({ viewer }) => visible(viewer),
  filter: () => ({
    ...recordFilters('Organization'),
    name: text('name', 'The name that the organization is best known by.'),
    names: names(),
    identifiers: identifiers(),
    classification: text('classification', 'What kind of organization it is, in free words.'),
    foundingDate: date('foundingDate', 'founding', 'When it was founded.'),
    dissolutionDate: date('dissolutionDate', 'dissolution', 'When it was dissolved.'),
    parent: one('parent', nounOf('Organization'), 'The organization that it is part of.'),
    hasParent: has('parent', nounOf('Organization'), 'Whether it is part of another.'),
    within: within('Organization', 'The organization that it is part of, on whatever level, or is itself.'),
    parts: nounOf('Organization').list('parts', 'The organizations that are part of it.'),
    members: nounOf('Membership').list('members', 'The places in it.'),
    memberships: nounOf('Membership').list('memberships', 'The places that it holds in other organizations.'),
    participations: nounOf('Participation').list('participations', 'The parts taken in events.'),
    statements: nounOf('Statement').list('statements', 'The statements made.'),
    reviews: nounOf('Review').list('reviews', 'What was found of statements in fact checks.'),
  }),
  orders: {
    NAME: { columns: ['name'], description: 'The name.' },
    FOUNDING_DATE: { columns: ['foundingEarliest'], description: 'When it was founded, by the first instant that the date allows.' },
    DISSOLUTION_DATE: {
      columns: ['dissolutionEarliest'],
      description: 'When it was dissolved, by the first instant that the date allows.',
    },
    ...recordOrders,
  },
  standardOrder: [{ path: ['name'], direction: 'asc' }],
});

defineQueries(organization, {
  singular: 'organization',
  plural: 'organizations',
  by: { identifier: true },
  one: 'an organization',
  many: 'organizations',
});
