import {
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
  worded,
} from '../record/values.ts';

export interface PersonInput extends RecordInput {
  name: string;
  sortName: string;
  givenName?: string;
  familyName?: string;
  gender?: string;
  /** EDTF. */
  birthDate?: string;
  /** EDTF. */
  deathDate?: string;
  summary?: LocalizedInput;
  names?: readonly NameInput[];
  identifiers?: readonly IdentifierInput[];
}

/**
 * Adds a person.
 * @throws {BrokenRule}
 */
export async function createPerson(tx: Transaction, input: PersonInput): Promise<string> {
  const birth = dated('birthDate', 'birth', input.birthDate);
  const death = dated('deathDate', 'death', input.deathDate);
  inOrder(birth.birthEarliest, death.deathLatest, 'deathDate');
  const { id } = await tx.person.create({
    select: { id: true },
    data: {
      ...input,
      name: worded(input.name, 'name'),
      sortName: worded(input.sortName, 'sortName'),
      ...birth,
      ...death,
      summary: input.summary && localized(input.summary, 'summary'),
      names: names(input.names),
      identifiers: identifiers(input.identifiers),
    },
  });
  return id;
}
