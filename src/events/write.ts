import type { AuxiliaryMode, EventLinkKind, EventMode, EventType, ParticipationRole } from '../generated/prisma/enums.ts';
import {
  type ActorInput,
  actor,
  dated,
  type IdentifierInput,
  identifiers,
  inOrder,
  type LocalizedInput,
  localized,
  type NameInput,
  names,
  type RecordInput,
  type Transaction,
} from '../record/values.ts';

export interface EventInput extends RecordInput {
  title: LocalizedInput;
  description?: LocalizedInput;
  type?: EventType;
  mode?: EventMode;
  auxiliaryMode?: AuxiliaryMode;
  classification?: string;
  /** EDTF. */
  date?: string;
  /** EDTF. */
  endDate?: string;
  /** UUID of a place. */
  placeId?: string;
  /** UUID of an event. */
  parentId?: string;
  aliases?: readonly NameInput[];
  identifiers?: readonly IdentifierInput[];
}

/**
 * Adds an event.
 * @throws {BrokenRule}
 */
export async function createEvent(tx: Transaction, input: EventInput): Promise<string> {
  const date = dated('date', '', input.date);
  const end = dated('endDate', 'end', input.endDate);
  inOrder(date.earliest, end.endLatest, 'endDate');
  const { id } = await tx.event.create({
    select: { id: true },
    data: {
      ...input,
      ...date,
      ...end,
      title: localized(input.title, 'title'),
      description: input.description && localized(input.description, 'description'),
      aliases: names(input.aliases, 'aliases'),
      identifiers: identifiers(input.identifiers),
    },
  });
  return id;
}

export interface ParticipationInput extends RecordInput {
  /** UUID of an event. */
  eventId: string;
  participant: ActorInput;
  role: ParticipationRole;
  note?: string;
}

/** Adds someone who took part in an event. */
export async function createParticipation(tx: Transaction, { participant, ...input }: ParticipationInput): Promise<string> {
  const { id } = await tx.participation.create({ select: { id: true }, data: { ...input, ...actor(participant) } });
  return id;
}

export interface EventLinkInput extends RecordInput {
  /** UUID of an event. */
  fromId: string;
  /** UUID of an event. */
  toId: string;
  kind: EventLinkKind;
}

/** Adds a link from one event to another. */
export async function createEventLink(tx: Transaction, input: EventLinkInput): Promise<string> {
  const { id } = await tx.eventLink.create({ select: { id: true }, data: input });
  return id;
}
