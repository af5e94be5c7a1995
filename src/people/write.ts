import { Prisma } from '../generated/prisma/client.ts';
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
  worded,
} from '../record/values.ts';

interface PersonFields {
  name: string;
  sortName: string;
  givenName?: Optional<string>;
  familyName?: Optional<string>;
  gender?: Optional<string>;
  /** EDTF. */
  birthDate?: Optional<string>;
  /** EDTF. */
  deathDate?: Optional<string>;
  summary?: Optional<LocalizedInput>;
}

export interface PersonInput extends RecordInput, PersonFields {
  names?: readonly NameInput[];
  identifiers?: readonly IdentifierInput[];
}

/**
 * Adds a person.
 * @throws {BrokenRule}
 */
export async function createPerson(tx: Transaction, input: PersonInput): Promise<string> {
  const { id } = await tx.person.create({
    select: { id: true },
    data: { ...input, ...personColumns(input), names: names(input.names), identifiers: identifiers(input.identifiers) },
  });
  return id;
}

/**
 * @throws {BrokenRule}
 */
export async function updatePerson(tx: Transaction, id: string, changes: Changes<PersonFields>): Promise<void> {
  const current = await tx.person.findUniqueOrThrow({ where: { id }, select: fields });
  // The database keeps the shape of localized text.
  await tx.person.update({ select: { id: true }, where: { id }, data: personColumns(changed(current as PersonFields, changes)) });
  await keepPublished(tx, 'Person', id);
}

const fields = {
  name: true,
  sortName: true,
  givenName: true,
  familyName: true,
  gender: true,
  birthDate: true,
  deathDate: true,
  summary: true,
} as const;

export function personColumns(input: PersonFields) {
  const birth = dated('birthDate', 'birth', input.birthDate);
  const death = dated('deathDate', 'death', input.deathDate);
  inOrder(birth.birthEarliest, death.deathLatest, 'deathDate');
  return {
    name: worded(input.name, 'name'),
    sortName: worded(input.sortName, 'sortName'),
    givenName: input.givenName ?? null,
    familyName: input.familyName ?? null,
    gender: input.gender ?? null,
    ...birth,
    ...death,
    summary: input.summary ? localized(input.summary, 'summary') : Prisma.DbNull,
  };
}
