import type { EventLinkKind, ParticipationRole } from '../generated/prisma/enums.ts';
import { keepPublished } from '../record/publish.ts';
import {
  type ActorInput,
  actor,
  actorOf,
  type Changes,
  changed,
  type Optional,
  type RecordInput,
  required,
  type Transaction,
} from '../record/values.ts';

interface ParticipationFields {
  /** UUID of an event. */
  eventId: string;
  participant: ActorInput;
  role: ParticipationRole;
  note?: Optional<string>;
}

export interface ParticipationInput extends RecordInput, ParticipationFields {}

/**
 * Adds someone who took part in an event.
 * @throws {BrokenRule}
 */
export async function createParticipation(tx: Transaction, { participant, ...input }: ParticipationInput): Promise<string> {
  const data = { ...input, ...participationColumns({ participant, ...input }) };
  const { id } = await tx.participation.create({ select: { id: true }, data });
  return id;
}

/**
 * @throws {BrokenRule}
 */
export async function updateParticipation(tx: Transaction, id: string, changes: Changes<ParticipationFields>): Promise<void> {
  const select = { eventId: true, personId: true, organizationId: true, role: true, note: true } as const;
  const { personId, organizationId, ...current } = await tx.participation.findUniqueOrThrow({ where: { id }, select });
  const participant = required(actorOf(personId, organizationId));
  const data = participationColumns(changed<ParticipationFields>({ participant, ...current }, changes));
  await tx.participation.update({ select: { id: true }, where: { id }, data });
  await keepPublished(tx, 'Participation', id);
}

export function participationColumns(input: ParticipationFields) {
  return {
    eventId: required(input.eventId, 'event'),
    ...actor(required(input.participant, 'participant')),
    role: required(input.role, 'role'),
    note: input.note ?? null,
  };
}

interface EventLinkFields {
  /** UUID of an event. */
  fromId: string;
  /** UUID of an event. */
  toId: string;
  kind: EventLinkKind;
}

export interface EventLinkInput extends RecordInput, EventLinkFields {}

/**
 * Adds a link from one event to another.
 * @throws {BrokenRule}
 */
export async function createEventLink(tx: Transaction, input: EventLinkInput): Promise<string> {
  const { id } = await tx.eventLink.create({ select: { id: true }, data: { ...input, ...eventLinkColumns(input) } });
  return id;
}

/**
 * @throws {BrokenRule}
 */
export async function updateEventLink(tx: Transaction, id: string, changes: Changes<EventLinkFields>): Promise<void> {
  const current = await tx.eventLink.findUniqueOrThrow({ where: { id }, select: { fromId: true, toId: true, kind: true } });
  await tx.eventLink.update({ select: { id: true }, where: { id }, data: eventLinkColumns(changed<EventLinkFields>(current, changes)) });
  await keepPublished(tx, 'EventLink', id);
}

export function eventLinkColumns(input: EventLinkFields) {
  return { fromId: required(input.fromId, 'from'), toId: required(input.toId, 'to'), kind: required(input.kind, 'kind') };
}
