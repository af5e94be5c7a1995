import { visible } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { Citable, citationsField } from '../documents/citable.ts';
import { Actor } from '../graph/actor.ts';
import { date, text } from '../graph/columns.ts';
import { all } from '../graph/condition.ts';
import { actor, type Ends, endsField } from '../graph/ends.ts';
import { listField, oneField } from '../graph/fields.ts';
import { has, one } from '../graph/filter.ts';
import { defineNoun, nounOf } from '../graph/noun.ts';
import { recordOrders } from '../graph/order.ts';
import { RecordInterface, recordFilters, recordType } from '../graph/record.ts';
import { revisionsField } from '../history/revision.ts';

const member: Ends = { person: 'Person', memberOrganization: 'Organization' };

builder.prismaNode('Membership', {
  ...recordType,
  interfaces: [RecordInterface, Citable],
  fields: (t) => ({
    member: endsField(t, { type: Actor, ends: member, description: 'The person or organization that holds the place.' }),
    organization: oneField(t, 'Membership', 'organization'),
    role: t.exposeString('role', { nullable: true }),
    label: t.exposeString('label', { nullable: true }),
    onBehalfOf: oneField(t, 'Membership', 'onBehalfOf'),
    startDate: t.expose('startDate', { type: 'EDTF', nullable: true }),
    endDate: t.expose('endDate', { type: 'EDTF', nullable: true }),
    statements: listField(t, 'Membership', {
      relation: 'statements',
      of: 'Statement',
      description: 'The statements that were made in this capacity.',
    }),
    citations: citationsField(t, 'Membership'),
    revisions: revisionsField(t),
  }),
});

defineNoun({
  model: 'Membership',
  plural: 'memberships',
  visible: ({ viewer }) =>
    all([
      visible(viewer),
      { organization: visible(viewer) },
      { OR: [{ person: visible(viewer) }, { memberOrganization: visible(viewer) }] },
    ]),
  filter: () => ({
    ...recordFilters('Membership'),
    member: actor(member, 'The person or organization that holds the place.'),
    organization: one('organization', nounOf('Organization'), 'The organization in which the place is held.'),
    role: text('role', 'What the member is in the organization.'),
    label: text('label', 'The full label of the place.'),
    onBehalfOf: one('onBehalfOf', nounOf('Organization'), 'The organization for which the place is held.'),
    hasOnBehalfOf: has('onBehalfOf', nounOf('Organization'), 'Whether the place is held for another organization.'),
    startDate: date('startDate', 'start', 'When it began.'),
    endDate: date('endDate', 'end', 'When it ended.'),
  }),
  orders: {
    START_DATE: { columns: ['startEarliest'], description: 'When it began, by the first instant that the date allows.' },
    END_DATE: { columns: ['endEarliest'], description: 'When it ended, by the first instant that the date allows.' },
    ...recordOrders,
  },
  standardOrder: [{ path: ['startEarliest'], direction: 'desc' }],
});
