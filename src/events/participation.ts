import { visible, visibleActor } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import { Citable, citationsField } from '../documents/citable.ts';
import { Actor } from '../graph/actor.ts';
import { enumFilter, text } from '../graph/columns.ts';
import { all } from '../graph/condition.ts';
import { actor, actorEnds, endsField } from '../graph/ends.ts';
import { oneField } from '../graph/fields.ts';
import { one } from '../graph/filter.ts';
import { defineNoun, nounOf } from '../graph/noun.ts';
import { recordOrders } from '../graph/order.ts';
import { RecordInterface, recordFilters, recordType } from '../graph/record.ts';
import { revisionsField } from '../history/revision.ts';
import { ParticipationRole } from './plover.ts';

builder.prismaNode('Participation', {
  ...recordType,
  interfaces: [RecordInterface, Citable],
  fields: (t) => ({
    event: oneField(t, 'Participation', 'event'),
    participant: endsField(t, { type: Actor, ends: actorEnds, description: 'Who took part.' }),
    role: t.expose('role', { type: ParticipationRole }),
    note: t.exposeString('note', { nullable: true }),
    citations: citationsField(t, 'Participation'),
    revisions: revisionsField(t),
  }),
});

const role = enumFilter('ParticipationRole', ParticipationRole);

defineNoun({
  model: 'Participation',
  plural: 'participations',
  visible: ({ viewer }) => all([visible(viewer), { event: visible(viewer) }, visibleActor(viewer)]),
  filter: () => ({
    ...recordFilters('Participation'),
    event: one('event', nounOf('Event'), 'The event.'),
    participant: actor(actorEnds, 'Who took part.'),
    role: role('role', 'On which side of the event the participant stood.'),
    note: text('note', 'What the participant did or underwent.'),
  }),
  orders: {
    EVENT_DATE: {
      columns: [['event', 'earliest']],
      description: 'When the event happened or began, by the first instant that the date allows.',
    },
    ...recordOrders,
  },
  standardOrder: [{ path: ['createdAt'], direction: 'asc' }],
});
