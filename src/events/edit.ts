import { descriptionOf } from '../graph/model.ts';
import { defineLinkMutations, defineNounMutations } from '../mutation/edit.ts';
import { column, type InputFields, reference } from '../mutation/input.ts';
import { actorInput, localizedInput } from '../mutation/input-types.ts';
import { identifiersInput, namesInput } from '../names/edit.ts';
import { EventLinkKind } from './event-link.ts';
import { AuxiliaryMode, EventMode, EventType, ParticipationRole } from './plover.ts';
import { createEvent, type EventInput, updateEvent } from './write.ts';
import {
  createEventLink,
  createParticipation,
  type EventLinkInput,
  type ParticipationInput,
  updateEventLink,
  updateParticipation,
} from './write-links.ts';

const fields: InputFields = {
  title: localizedInput('What happened, in a few words.'),
  description: localizedInput('What happened, in a few sentences.'),
  type: column('Event', 'type', EventType),
  mode: column('Event', 'mode', EventMode),
  auxiliaryMode: column('Event', 'auxiliaryMode', AuxiliaryMode),
  classification: column('Event', 'classification'),
  date: column('Event', 'date', 'EDTF'),
  endDate: column('Event', 'endDate', 'EDTF'),
  place: reference('Place', descriptionOf('Event', 'place'), 'placeId'),
  parent: reference('Event', descriptionOf('Event', 'parent'), 'parentId'),
};

defineNounMutations<EventInput>({
  model: 'Event',
  one: 'an event',
  fields,
  required: ['title'],
  first: { aliases: namesInput, identifiers: identifiersInput },
  create: createEvent,
  update: updateEvent,
});

defineLinkMutations<ParticipationInput>(
  {
    model: 'Participation',
    one: 'someone’s part in an event',
    fields: {
      event: reference('Event', descriptionOf('Participation', 'event'), 'eventId'),
      participant: actorInput('Who took part.'),
      role: column('Participation', 'role', ParticipationRole),
      note: column('Participation', 'note'),
    },
    required: ['event', 'participant', 'role'],
    create: createParticipation,
    update: updateParticipation,
  },
  { eventId: 'Event' },
);

defineLinkMutations<EventLinkInput>(
  {
    model: 'EventLink',
    one: 'a link from one event to another',
    fields: {
      from: reference('Event', descriptionOf('EventLink', 'from'), 'fromId'),
      to: reference('Event', descriptionOf('EventLink', 'to'), 'toId'),
      kind: column('EventLink', 'kind', EventLinkKind),
    },
    required: ['from', 'to', 'kind'],
    create: createEventLink,
    update: updateEventLink,
  },
  { fromId: 'Event' },
);
