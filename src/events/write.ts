import { Prisma } from '../generated/prisma/client.ts';
import type { AuxiliaryMode, EventMode, EventType } from '../generated/prisma/enums.ts';
import { type IdentifierInput, identifiers, type NameInput, names } from '../names/write.ts';
import { keepPublished } from '../record/publish.ts';
import {
  type Changes,
  changed,
  dated,
  inOrder,
  type LocalizedInput,
  localized,
  type Optional,
  type RecordInput,
  type Transaction,
} from '../record/values.ts';

interface EventFields {
  title: LocalizedInput;
  description?: Optional<LocalizedInput>;
  type?: Optional<EventType>;
  mode?: Optional<EventMode>;
  auxiliaryMode?: Optional<AuxiliaryMode>;
  classification?: Optional<string>;
  /** EDTF. */
  date?: Optional<string>;
  /** EDTF. */
  endDate?: Optional<string>;
  /** UUID of a place. */
  placeId?: Optional<string>;
  /** UUID of an event. */
  parentId?: Optional<string>;
}

export interface EventInput extends RecordInput, EventFields {
  aliases?: readonly NameInput[];
  identifiers?: readonly IdentifierInput[];
}

/**
 * Adds an event.
 * @throws {BrokenRule}
 */
export async function createEvent(tx: Transaction, input: EventInput): Promise<string> {
  const { id } = await tx.event.create({
    select: { id: true },
    data: { ...input, ...eventColumns(input), aliases: names(input.aliases, 'aliases'), identifiers: identifiers(input.identifiers) },
  });
  return id;
}

/**
 * @throws {BrokenRule}
 */
export async function updateEvent(tx: Transaction, id: string, changes: Changes<EventFields>): Promise<void> {
  const current = await tx.event.findUniqueOrThrow({ where: { id }, select: fields });
  // The database keeps the shape of localized text.
  await tx.event.update({ select: { id: true }, where: { id }, data: eventColumns(changed(current as EventFields, changes)) });
  await keepPublished(tx, 'Event', id);
}

const fields = {
  title: true,
  description: true,
  type: true,
  mode: true,
  auxiliaryMode: true,
  classification: true,
  date: true,
  endDate: true,
  placeId: true,
  parentId: true,
} as const;

export function eventColumns(input: EventFields) {
  const date = dated('date', '', input.date);
  const end = dated('endDate', 'end', input.endDate);
  inOrder(date.earliest, end.endLatest, 'endDate');
  return {
    title: localized(input.title, 'title'),
    description: input.description ? localized(input.description, 'description') : Prisma.DbNull,
    type: input.type ?? null,
    // Whether the mode goes with the type is kept by the database.
    mode: input.mode ?? null,
    auxiliaryMode: input.auxiliaryMode ?? null,
    classification: input.classification ?? null,
    ...date,
    ...end,
    placeId: input.placeId ?? null,
    parentId: input.parentId ?? null,
  };
}
