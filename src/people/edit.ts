import { defineNounMutations } from '../mutation/edit.ts';
import { column, type InputFields } from '../mutation/input.ts';
import { localizedInput } from '../mutation/input-types.ts';
import { identifiersInput, namesInput } from '../names/edit.ts';
import { createPerson, type PersonInput, updatePerson } from './write.ts';

const fields: InputFields = {
  name: column('Person', 'name'),
  sortName: column('Person', 'sortName'),
  givenName: column('Person', 'givenName'),
  familyName: column('Person', 'familyName'),
  gender: column('Person', 'gender'),
  birthDate: column('Person', 'birthDate', 'EDTF'),
  deathDate: column('Person', 'deathDate', 'EDTF'),
  summary: localizedInput('Who this is, in a sentence or two.'),
};

/** What makes a new person, also within another input. */
export const newPersonFields: InputFields = {
  ...fields,
  name: column('Person', 'name', 'String', { required: true }),
  names: namesInput,
  identifiers: identifiersInput,
};

/** Adds a person whose name to sort by is the name itself, unless one is given. */
export const createPersonGiven: typeof createPerson = (tx, input) => createPerson(tx, { ...input, sortName: input.sortName ?? input.name });

defineNounMutations<PersonInput>({
  model: 'Person',
  one: 'a person',
  fields,
  required: ['name'],
  first: { names: namesInput, identifiers: identifiersInput },
  create: createPersonGiven,
  update: updatePerson,
});
