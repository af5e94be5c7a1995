import { z } from 'zod';
import * as enums from '../generated/prisma/enums.ts';

// What the nouns of record.ts are made of: references, parts, and the links that hang on them.

/** How a record names another: by its UUID, an identifier that it holds, or (a document) where it stands on the web. */
export const ref = z
  .union([
    z.strictObject({ id: z.string().describe('The UUID of the record, or its id in the API.') }),
    z.strictObject({ identifier: z.strictObject({ scheme: z.string(), value: z.string() }) }).describe('An identifier that it holds.'),
    z.strictObject({ url: z.string() }).describe('Where the document stands on the web, to the letter.'),
  ])
  .meta({ id: 'Ref', description: 'Names a record.' });

export const actor = z
  .union([z.strictObject({ person: ref }), z.strictObject({ organization: ref })])
  .meta({ id: 'Actor', description: 'Names a person or an organization.' });

export const subject = z
  .union([
    z.strictObject({ event: ref }),
    z.strictObject({ person: ref }),
    z.strictObject({ organization: ref }),
    z.strictObject({ place: ref }),
  ])
  .meta({ id: 'Subject', description: 'Names what a statement can be about.' });

export const date = z
  .string()
  .meta({ id: 'Date', description: 'A date as EDTF, levels 0 and 1, such as 2021-12-09, 2021-07, 2021? or 2021/...' });
export const language = z.string().meta({ id: 'Language', description: 'A BCP 47 language tag.' });
export const localized = z.record(z.string(), z.string()).meta({ id: 'Localized', description: 'A text by BCP 47 language.' });

export const name = z
  .strictObject({
    name: z.string(),
    kind: z.enum(enums.NameKind),
    language: language.optional(),
    script: z.string().describe('An ISO 15924 code.').optional(),
    startDate: date.optional(),
    endDate: date.optional(),
  })
  .meta({ id: 'Name', description: 'Another name.' });

export const identifier = z
  .strictObject({
    scheme: z.string().describe('In lower case, such as wikidata.'),
    value: z.string(),
  })
  .meta({ id: 'Identifier', description: 'An identifier, which one record holds at most.' });

export const span = z
  .strictObject({
    exact: z.string().describe('The exact text.'),
    start: z.int().describe('Where it starts in the document’s text, in UTF-16 code units.').optional(),
  })
  .meta({ id: 'Span', description: 'A stretch of a document’s text; without a start it stands there once, or the text is not kept.' });

/** What every noun and every link may say of itself. */
export const common = {
  id: z.string().describe('Its UUID; without one it is found again by what else identifies it.').optional(),
  status: z.enum(enums.RecordStatus).describe('Where it stands; without it, what the import says.').optional(),
  retractionReason: z.string().describe('Why it was taken back.').optional(),
};

/** Of the nouns that can be merged. */
export const mergeable = { mergedInto: ref.describe('The record that it was found to be the same as.').optional() };

export const citation = z
  .strictObject({ ...common, document: ref, evidence: z.array(span).describe('The words that say so.').optional() })
  .meta({ id: 'Citation', description: 'The evidence for a fact.' });
export const citations = { citations: z.array(citation).describe('The evidence for it.').optional() };

export const membership = z
  .strictObject({
    ...common,
    organization: ref,
    role: z.string().optional(),
    label: z.string().optional(),
    onBehalfOf: ref.optional(),
    startDate: date.optional(),
    endDate: date.optional(),
    ...citations,
  })
  .meta({ id: 'Membership', description: 'A place that the record holds in an organization, for a time.' });

export const participation = z
  .strictObject({ ...common, participant: actor, role: z.enum(enums.ParticipationRole), note: z.string().optional(), ...citations })
  .meta({ id: 'Participation', description: 'Who took part in the event, and as what.' });

export const eventLink = z
  .strictObject({ ...common, to: ref, kind: z.enum(enums.EventLinkKind), ...citations })
  .meta({ id: 'EventLink', description: 'What the event does to another.' });

export const statementLink = z
  .strictObject({ ...common, to: ref, kind: z.enum(enums.StatementLinkKind), ...citations })
  .meta({ id: 'StatementLink', description: 'What the statement does to another.' });

export const appearance = z
  .strictObject({
    ...common,
    document: ref,
    printedText: z.string(),
    language,
    isTranslation: z.boolean().optional(),
    relayedFrom: ref.describe('The appearance of the same statement from which the document took it, by its id.').optional(),
    content: z.array(span).describe('Where the document prints what was said, in pieces when it is interrupted.'),
    cue: z.array(span).describe('Where it marks it as said.').optional(),
    source: z.array(span).describe('Where it names who said it.').optional(),
  })
  .meta({ id: 'Appearance', description: 'The statement as one document printed it.' });

export const review = z
  .strictObject({
    ...common,
    document: ref.describe('The document that published the review.'),
    reviewer: actor.describe('Who reviewed it.').optional(),
    rating: z.string().describe('The rating in the reviewer’s words, such as “mostly false”.').optional(),
    ratingValue: z.number().optional(),
    bestRating: z.number().optional(),
    worstRating: z.number().optional(),
    date: date.describe('When it was reviewed.').optional(),
  })
  .meta({ id: 'Review', description: 'What a fact check found of the statement, after schema.org ClaimReview.' });

export const translation = z
  .strictObject({ language, text: z.string(), document: ref.describe('The document that printed it.').optional() })
  .meta({ id: 'Translation', description: 'The statement’s words in another language.' });

export const names = z.array(name).describe('Other names.').optional();
export const identifiers = z.array(identifier).describe('What it is called elsewhere; it is found again by each of them.').optional();
export const memberships = z.array(membership).describe('The places that it holds.').optional();
