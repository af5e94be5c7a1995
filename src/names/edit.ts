import { definePartMutations } from '../mutation/edit-parts.ts';
import { column, type InputFields, inputType, nested, requiring } from '../mutation/input.ts';
import { NameKind } from './name.ts';
import { addIdentifier, addName, updateIdentifier, updateName } from './write.ts';

const nameFields: InputFields = {
  name: column('Name', 'name'),
  kind: column('Name', 'kind', NameKind),
  language: column('Name', 'language', 'Language'),
  script: column('Name', 'script'),
  startDate: column('Name', 'startDate', 'EDTF'),
  endDate: column('Name', 'endDate', 'EDTF'),
};

const identifierFields: InputFields = {
  scheme: column('Identifier', 'scheme'),
  value: column('Identifier', 'value'),
};

const named = { personId: 'Person', organizationId: 'Organization', placeId: 'Place', eventId: 'Event' };

definePartMutations({
  model: 'Name',
  one: 'another name',
  fields: nameFields,
  required: ['name', 'kind'],
  owners: named,
  add: (tx, owner, input: Parameters<typeof addName>[2]) => addName(tx, owner as Parameters<typeof addName>[1], input),
  update: updateName,
});

definePartMutations({
  model: 'Identifier',
  one: 'an identifier',
  fields: identifierFields,
  required: ['scheme', 'value'],
  owners: { ...named, documentId: 'Document', statementId: 'Statement' },
  add: (tx, owner, input: Parameters<typeof addIdentifier>[2]) => addIdentifier(tx, owner as Parameters<typeof addIdentifier>[1], input),
  update: updateIdentifier,
});

const newName = requiring(nameFields, 'name', 'kind');
const NameInput = inputType('NameInput', 'Another name of a record.', newName);
const newIdentifier = requiring(identifierFields, 'scheme', 'value');
const IdentifierInput = inputType('IdentifierInput', 'An identifier of a record in another register.', newIdentifier);

/** The other names of a new record. */
export const namesInput = nested([NameInput], newName, 'Its other names.');

/** The identifiers of a new record. */
export const identifiersInput = nested([IdentifierInput], newIdentifier, 'Its identifiers in other registers.');
