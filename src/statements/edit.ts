import { newDocumentFields, newPrintedFields } from '../documents/edit.ts';
import { createDocument, type DocumentInput } from '../documents/write.ts';
import { type AppearanceInput, createAppearance } from '../documents/write-appearance.ts';
import { descriptionOf } from '../graph/model.ts';
import { defineLinkMutations, defineNounMutations } from '../mutation/edit.ts';
import { definePartMutations } from '../mutation/edit-parts.ts';
import {
  column,
  givenId,
  type InputField,
  type InputFields,
  inputType,
  nested,
  reference,
  requiring,
  type Write,
} from '../mutation/input.ts';
import { actorInput } from '../mutation/input-types.ts';
import { at } from '../mutation/mutation.ts';
import { open } from '../mutation/open.ts';
import { identifiersInput } from '../names/edit.ts';
import { newOrganizationFields, placeHeldFields } from '../organizations/edit.ts';
import { createOrganization, type OrganizationInput } from '../organizations/write.ts';
import { createMembership, type MembershipInput } from '../organizations/write-membership.ts';
import { createPersonGiven, newPersonFields } from '../people/edit.ts';
import type { PersonInput } from '../people/write.ts';
import { BrokenRule } from '../record/rule.ts';
import type { ActorInput, Transaction } from '../record/values.ts';
import { Medium, QuoteType, SpeechAct } from './statement.ts';
import { StatementLinkKind } from './statement-link.ts';
import { createStatement, type StatementInput, updateStatement } from './write.ts';
import { createStatementLink, type StatementLinkInput, updateStatementLink } from './write-link.ts';
import { createReview, type ReviewInput, updateReview } from './write-review.ts';
import { addTranslation, type TranslationInput, updateTranslation } from './write-translation.ts';

const topicEnds: InputFields = {
  event: reference('Event', 'An event.', 'event'),
  person: reference('Person', 'A person.', 'person'),
  organization: reference('Organization', 'An organization.', 'organization'),
  place: reference('Place', 'A place.', 'place'),
};
const SubjectRef = inputType('SubjectRef', 'Names what a statement can be about.', topicEnds, true);

const capacity: InputField = {
  type: 'ID',
  description: 'The id of the membership of the speaker in which it was said.',
  as: 'capacityId',
  read: async (value, write, path) => (await open(write, { model: 'Membership', id: givenId('Membership', value, path) }, path)).id,
};

const fields: InputFields = {
  text: column('Statement', 'text'),
  language: column('Statement', 'language', 'Language'),
  isTranslation: column('Statement', 'isTranslation', 'Boolean'),
  originalLanguage: column('Statement', 'originalLanguage', 'Language'),
  quoteType: column('Statement', 'quoteType', QuoteType),
  speechAct: column('Statement', 'speechAct', SpeechAct),
  speaker: actorInput('Who said it.'),
  attributionText: column('Statement', 'attributionText'),
  capacity,
  addressee: actorInput('To whom it was said.'),
  medium: column('Statement', 'medium', Medium),
  outlet: reference('Organization', descriptionOf('Statement', 'outlet'), 'outletId'),
  venue: reference('Place', descriptionOf('Statement', 'venue'), 'venueId'),
  date: column('Statement', 'date', 'EDTF'),
  about: nested([SubjectRef], topicEnds, 'What it is about; this replaces all that it was about.'),
};

const translationFields: InputFields = {
  language: column('Translation', 'language', 'Language'),
  text: column('Translation', 'text'),
  document: reference('Document', descriptionOf('Translation', 'document'), 'documentId'),
};
const newTranslation = requiring(translationFields, 'language', 'text');
const TranslationInputType = inputType('TranslationInput', 'A statement’s words in another language.', newTranslation);

// What an editor enters together: a statement with a speaker, a capacity and documents that are new.

const NewPerson = inputType('NewPersonInput', 'A person whom the record doesn’t have yet.', newPersonFields);
const NewOrganization = inputType('NewOrganizationInput', 'An organization that the record doesn’t have yet.', newOrganizationFields);
const speakerFields: InputFields = {
  person: reference('Person', 'A person of the record.', 'person'),
  organization: reference('Organization', 'An organization of the record.', 'organization'),
  newPerson: nested(NewPerson, newPersonFields, 'A person, to be made.'),
  newOrganization: nested(NewOrganization, newOrganizationFields, 'An organization, to be made.'),
};
const SpeakerInput = inputType('SpeakerInput', 'Names a speaker, or makes one.', speakerFields, true);

const newCapacityFields = requiring(placeHeldFields, 'organization');
const NewCapacity = inputType('NewCapacityInput', 'A place that the speaker holds, which the record doesn’t have yet.', newCapacityFields);

const NewDocument = inputType('NewDocumentInput', 'A document that the record doesn’t have yet.', newDocumentFields);
const documentFields: InputFields = {
  document: reference('Document', 'A document of the record.', 'documentId'),
  newDocument: nested(NewDocument, newDocumentFields, 'A document, to be made.'),
};
const PrintedInInput = inputType('PrintedInInput', 'Names a document, or makes one.', documentFields, true);
const appearanceFields: InputFields = {
  in: nested(PrintedInInput, documentFields, 'Where it was printed.', { required: true }),
  ...newPrintedFields,
};
const StatementAppearance = inputType('StatementAppearanceInput', 'What a document printed of a new statement.', appearanceFields);

interface NewStatement extends Omit<StatementInput, 'speaker'> {
  speaker?: (ActorInput | { newPerson: PersonInput } | { newOrganization: OrganizationInput }) | null;
  newCapacity?: Omit<MembershipInput, 'member'> | null;
  appearances?:
    | readonly (Omit<AppearanceInput, 'statementId' | 'documentId'> & { in: { documentId: string } | { newDocument: DocumentInput } })[]
    | null;
}

defineNounMutations<StatementInput>({
  model: 'Statement',
  one: 'a statement',
  fields,
  required: ['text', 'language', 'quoteType'],
  first: {
    translations: nested([TranslationInputType], newTranslation, 'Its words in other languages.'),
    identifiers: identifiersInput,
    newCapacity: nested(NewCapacity, newCapacityFields, 'The capacity in which it was said, to be made as a membership of the speaker.'),
    appearances: nested([StatementAppearance], appearanceFields, 'Where it was printed, with the document if it is new.'),
  },
  instead: { speaker: nested(SpeakerInput, speakerFields, 'Who said it; a new one is made with the statement.') },
  create: (tx, input, write) => createWithAll(tx, input as NewStatement, write),
  update: updateStatement,
});

async function createWithAll(tx: Transaction, { speaker, newCapacity, appearances, ...input }: NewStatement, _write: Write) {
  const by = speaker && (await speakerGiven(tx, speaker));
  if (newCapacity && !by) throw new BrokenRule('REQUIRED', 'Say whose capacity it is: give a speaker.', ['speaker']);
  if (newCapacity && input.capacityId) {
    throw new BrokenRule('INVALID_VALUE', 'Give a capacity or a new one, not both.', ['newCapacity']);
  }
  const capacityId =
    newCapacity && by ? await at(['newCapacity'], () => createMembership(tx, { ...newCapacity, member: by })) : input.capacityId;
  const statementId = await createStatement(tx, { ...input, capacityId, speaker: by });
  for (const [i, { in: where, ...printed }] of (appearances ?? []).entries()) {
    const path = ['appearances', i];
    const documentId =
      'newDocument' in where ? await at([...path, 'in', 'newDocument'], () => createDocument(tx, where.newDocument)) : where.documentId;
    await at(path, () => createAppearance(tx, { ...printed, statementId, documentId }));
  }
  return statementId;
}

async function speakerGiven(tx: Transaction, speaker: NonNullable<NewStatement['speaker']>): Promise<ActorInput> {
  if ('newPerson' in speaker) {
    return { person: await at(['speaker', 'newPerson'], () => createPersonGiven(tx, speaker.newPerson)) };
  }
  if ('newOrganization' in speaker) {
    return { organization: await at(['speaker', 'newOrganization'], () => createOrganization(tx, speaker.newOrganization)) };
  }
  return speaker;
}

definePartMutations<TranslationInput>({
  model: 'Translation',
  one: 'a translation',
  fields: translationFields,
  required: ['language', 'text'],
  owners: { statementId: 'Statement' },
  add: (tx, { statementId = '' }, input) => addTranslation(tx, statementId, input),
  update: updateTranslation,
});

defineLinkMutations<StatementLinkInput>(
  {
    model: 'StatementLink',
    one: 'a link from one statement to another',
    fields: {
      from: reference('Statement', descriptionOf('StatementLink', 'from'), 'fromId'),
      to: reference('Statement', descriptionOf('StatementLink', 'to'), 'toId'),
      kind: column('StatementLink', 'kind', StatementLinkKind),
    },
    required: ['from', 'to', 'kind'],
    create: createStatementLink,
    update: updateStatementLink,
  },
  { fromId: 'Statement' },
);

defineLinkMutations<ReviewInput>(
  {
    model: 'Review',
    one: 'what a fact check found of a statement',
    fields: {
      reviewer: actorInput('Who reviewed it.'),
      rating: column('Review', 'rating'),
      ratingValue: column('Review', 'ratingValue', 'Float'),
      bestRating: column('Review', 'bestRating', 'Float'),
      worstRating: column('Review', 'worstRating', 'Float'),
      date: column('Review', 'date', 'EDTF'),
    },
    required: [],
    first: {
      statement: { ...reference('Statement', descriptionOf('Review', 'statement'), 'statementId'), required: true },
      document: { ...reference('Document', descriptionOf('Review', 'document'), 'documentId'), required: true },
    },
    create: createReview,
    update: updateReview,
  },
  { statementId: 'Statement' },
);
