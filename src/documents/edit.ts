import { descriptionOf } from '../graph/model.ts';
import { defineLinkMutations, defineNounMutations } from '../mutation/edit.ts';
import { column, givenId, type InputField, type InputFields, inputType, nested, reference, requiring } from '../mutation/input.ts';
import { actorsInput } from '../mutation/input-types.ts';
import { open } from '../mutation/open.ts';
import { identifiersInput } from '../names/edit.ts';
import { BrokenRule } from '../record/rule.ts';
import { DocumentKind } from './document.ts';
import { createDocument, type DocumentInput, updateDocument } from './write.ts';
import { type AppearanceInput, createAppearance, updateAppearance } from './write-appearance.ts';
import { type CitationInput, createCitation, updateCitation } from './write-citation.ts';

const fields: InputFields = {
  url: column('Document', 'url'),
  title: column('Document', 'title'),
  language: column('Document', 'language', 'Language'),
  kind: column('Document', 'kind', DocumentKind),
  publisher: reference('Organization', descriptionOf('Document', 'publisher'), 'publisherId'),
  authors: actorsInput('Who wrote it, in the order of the byline; they replace all that were there.'),
  publishedAt: column('Document', 'publishedAt', 'EDTF'),
  text: column('Document', 'text'),
  archivedUrl: column('Document', 'archivedUrl'),
  derivedFrom: reference('Document', descriptionOf('Document', 'derivedFrom'), 'derivedFromId'),
};

/** What makes a new document, also within another input. */
export const newDocumentFields: InputFields = { ...fields, identifiers: identifiersInput };

defineNounMutations<DocumentInput>({
  model: 'Document',
  one: 'a document',
  fields,
  required: [],
  first: { identifiers: identifiersInput },
  create: createDocument,
  update: updateDocument,
});

const spanFields: InputFields = {
  exact: { type: 'String', required: true, description: 'The exact text.' },
  start: {
    type: 'Int',
    description:
      'Where it starts in the document’s text, in UTF-16 code units; needed only when the exact text stands there more than once.',
  },
};
const SpanInput = inputType('SpanInput', 'A stretch of a document’s text, by what stands there.', spanFields);
const spans = (description: string): InputField => nested([SpanInput], spanFields, description);

/** What one document printed of a statement, without either. */
export const printedFields: InputFields = {
  printedText: column('Appearance', 'printedText'),
  language: column('Appearance', 'language', 'Language'),
  isTranslation: column('Appearance', 'isTranslation', 'Boolean'),
  content: spans('Where the document prints what was said, in pieces when it is interrupted.'),
  cue: spans('Where the document marks it as said, such as “announced” or “according to”.'),
  source: spans('Where the document names who said it.'),
};

const appearanceId: InputField = {
  type: 'ID',
  description: 'The id of the appearance from which this document took it, one of the same statement.',
  as: 'relayedFromId',
  read: async (value, write, path) => (await open(write, { model: 'Appearance', id: givenId('Appearance', value, path) }, path)).id,
};

defineLinkMutations<AppearanceInput>(
  {
    model: 'Appearance',
    one: 'an appearance of a statement in a document',
    fields: { ...printedFields, relayedFrom: appearanceId },
    required: ['printedText', 'language', 'content'],
    first: {
      statement: { ...reference('Statement', descriptionOf('Appearance', 'statement'), 'statementId'), required: true },
      document: { ...reference('Document', descriptionOf('Appearance', 'document'), 'documentId'), required: true },
    },
    create: createAppearance,
    update: updateAppearance,
  },
  { statementId: 'Statement' },
);

const facts = {
  Event: 'eventId',
  Participation: 'participationId',
  Membership: 'membershipId',
  EventLink: 'eventLinkId',
  StatementLink: 'statementLinkId',
};

defineLinkMutations<CitationInput>(
  {
    model: 'Citation',
    one: 'the evidence for a fact',
    fields: { evidence: spans('The words that say so, in their order; they replace all that were there.') },
    required: [],
    first: {
      fact: {
        type: 'ID',
        required: true,
        description: `The id of the fact: of ${Object.keys(facts).join(', ')}.`,
        read: async (value, write, path) => {
          for (const [model, column] of Object.entries(facts)) {
            if (!isIdOf(model, value)) continue;
            return { [column]: (await open(write, { model, id: givenId(model, value, path) }, path)).id };
          }
          throw new BrokenRule('NOT_FOUND', `This is not the id of a fact: ${Object.keys(facts).join(', ')}.`, path);
        },
      },
      document: { ...reference('Document', descriptionOf('Citation', 'document'), 'documentId'), required: true },
    },
    create: createCitation,
    update: updateCitation,
  },
  {
    eventId: 'Event',
    participationId: 'Participation',
    membershipId: 'Membership',
    eventLinkId: 'EventLink',
    statementLinkId: 'StatementLink',
  },
);

function isIdOf(model: string, id: unknown): boolean {
  try {
    return givenId(model, id, []) !== '';
  } catch {
    return false;
  }
}

/** Spans and words of a new appearance, as they are required. */
export const newPrintedFields = requiring(printedFields, 'printedText', 'language', 'content');
