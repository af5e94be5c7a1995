import { z } from 'zod';
import * as enums from '../generated/prisma/enums.ts';

// The shape that every format is read into and written from, and that the native format writes as it is: one
// noun with its links. docs/formats/verbatim.md tells it to people; the JSON Schema is made from this file.

/** How a record names another: by its UUID, an identifier that it holds, or (a document) where it stands on the web. */
const ref = z
  .union([
    z.strictObject({ id: z.string().describe('The UUID of the record, or its id in the API.') }),
    z.strictObject({ identifier: z.strictObject({ scheme: z.string(), value: z.string() }) }).describe('An identifier that it holds.'),
    z.strictObject({ url: z.string() }).describe('Where the document stands on the web, to the letter.'),
  ])
  .meta({ id: 'Ref', description: 'Names a record.' });

const actor = z
  .union([z.strictObject({ person: ref }), z.strictObject({ organization: ref })])
  .meta({ id: 'Actor', description: 'Names a person or an organization.' });

const subject = z
  .union([
    z.strictObject({ event: ref }),
    z.strictObject({ person: ref }),
    z.strictObject({ organization: ref }),
    z.strictObject({ place: ref }),
  ])
  .meta({ id: 'Subject', description: 'Names what a statement can be about.' });

const date = z.string().meta({ id: 'Date', description: 'A date as EDTF, levels 0 and 1, such as 2021-12-09, 2021-07, 2021? or 2021/...' });
const language = z.string().meta({ id: 'Language', description: 'A BCP 47 language tag.' });
const localized = z.record(z.string(), z.string()).meta({ id: 'Localized', description: 'A text by BCP 47 language.' });

const name = z
  .strictObject({
    name: z.string(),
    kind: z.enum(enums.NameKind),
    language: language.optional(),
    script: z.string().describe('An ISO 15924 code.').optional(),
    startDate: date.optional(),
    endDate: date.optional(),
  })
  .meta({ id: 'Name', description: 'Another name.' });

const identifier = z
  .strictObject({
    scheme: z.string().describe('In lower case, such as wikidata.'),
    value: z.string(),
  })
  .meta({ id: 'Identifier', description: 'An identifier, which one record holds at most.' });

const span = z
  .strictObject({
    exact: z.string().describe('The exact text.'),
    start: z.int().describe('Where it starts in the document’s text, in UTF-16 code units.').optional(),
  })
  .meta({ id: 'Span', description: 'A stretch of a document’s text; without a start it stands there once, or the text is not kept.' });

/** What every noun and every link may say of itself. */
const common = {
  id: z.string().describe('Its UUID; without one it is found again by what else identifies it.').optional(),
  status: z.enum(enums.RecordStatus).describe('Where it stands; without it, what the import says.').optional(),
  retractionReason: z.string().describe('Why it was taken back.').optional(),
};

/** Of the nouns that can be merged. */
const mergeable = { mergedInto: ref.describe('The record that it was found to be the same as.').optional() };

export const citation = z
  .strictObject({ ...common, document: ref, evidence: z.array(span).describe('The words that say so.').optional() })
  .meta({ id: 'Citation', description: 'The evidence for a fact.' });
const citations = { citations: z.array(citation).optional() };

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

const names = z.array(name).optional();
const identifiers = z.array(identifier).optional();
const memberships = z.array(membership).describe('The places that it holds.').optional();

export const place = z
  .strictObject({
    type: z.literal('Place'),
    ...common,
    ...mergeable,
    name: z.string(),
    kind: z.enum(enums.PlaceKind).optional(),
    parent: ref.optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
    precision: z.enum(enums.GeoPrecision).optional(),
    names,
    identifiers,
  })
  .meta({ id: 'Place' });

export const organization = z
  .strictObject({
    type: z.literal('Organization'),
    ...common,
    ...mergeable,
    name: z.string(),
    classification: z.string().optional(),
    parent: ref.optional(),
    foundingDate: date.optional(),
    dissolutionDate: date.optional(),
    summary: localized.optional(),
    names,
    identifiers,
    memberships,
  })
  .meta({ id: 'Organization' });

export const person = z
  .strictObject({
    type: z.literal('Person'),
    ...common,
    ...mergeable,
    name: z.string(),
    sortName: z.string().describe('As it is sorted; the name, if it isn’t given.').optional(),
    givenName: z.string().optional(),
    familyName: z.string().optional(),
    gender: z.string().optional(),
    birthDate: date.optional(),
    deathDate: date.optional(),
    summary: localized.optional(),
    names,
    identifiers,
    memberships,
  })
  .meta({ id: 'Person' });

export const document = z
  .strictObject({
    type: z.literal('Document'),
    ...common,
    ...mergeable,
    url: z.string().optional(),
    title: z.string().optional(),
    language: language.optional(),
    kind: z.enum(enums.DocumentKind).optional(),
    publisher: ref.optional(),
    publishedAt: date.optional(),
    text: z.string().optional(),
    archivedUrl: z.string().optional(),
    derivedFrom: ref.optional(),
    authors: z.array(actor).optional(),
    identifiers,
  })
  .meta({ id: 'Document' });

export const event = z
  .strictObject({
    type: z.literal('Event'),
    ...common,
    ...mergeable,
    title: localized,
    description: localized.optional(),
    eventType: z.enum(enums.EventType).describe('The type, after PLOVER.').optional(),
    mode: z.enum(enums.EventMode).optional(),
    auxiliaryMode: z.enum(enums.AuxiliaryMode).optional(),
    classification: z.string().optional(),
    date: date.optional(),
    endDate: date.optional(),
    place: ref.optional(),
    parent: ref.optional(),
    aliases: names,
    identifiers,
    participations: z.array(participation).optional(),
    links: z.array(eventLink).optional(),
    ...citations,
  })
  .meta({ id: 'Event' });

export const statement = z
  .strictObject({
    type: z.literal('Statement'),
    ...common,
    text: z.string(),
    language,
    isTranslation: z.boolean().optional(),
    originalLanguage: language.optional(),
    quoteType: z.enum(enums.QuoteType),
    speechAct: z.enum(enums.SpeechAct).optional(),
    speaker: actor.optional(),
    attributionText: z.string().optional(),
    capacity: ref.describe('The membership of the speaker in which it was said, by its id.').optional(),
    addressee: actor.optional(),
    medium: z.enum(enums.Medium).optional(),
    outlet: ref.optional(),
    venue: ref.optional(),
    date: date.optional(),
    about: z.array(subject).optional(),
    translations: z.array(translation).optional(),
    identifiers,
    appearances: z.array(appearance).optional(),
    links: z.array(statementLink).optional(),
    reviews: z.array(review).optional(),
  })
  .meta({ id: 'Statement' });

/** Any record, with its links. */
export const exchangeRecord = z.discriminatedUnion('type', [place, organization, person, document, event, statement]);

export type Ref = z.infer<typeof ref>;
export type ActorRef = z.infer<typeof actor>;
export type SubjectRef = z.infer<typeof subject>;
export type ExchangeName = z.infer<typeof name>;
export type ExchangeIdentifier = z.infer<typeof identifier>;
export type ExchangeSpan = z.infer<typeof span>;
export type ExchangeCitation = z.infer<typeof citation>;
export type ExchangeMembership = z.infer<typeof membership>;
export type ExchangeAppearance = z.infer<typeof appearance>;
export type ExchangeReview = z.infer<typeof review>;
export type ExchangePlace = z.infer<typeof place>;
export type ExchangeOrganization = z.infer<typeof organization>;
export type ExchangePerson = z.infer<typeof person>;
export type ExchangeDocument = z.infer<typeof document>;
export type ExchangeEvent = z.infer<typeof event>;
export type ExchangeStatement = z.infer<typeof statement>;
export type ExchangeRecord = z.infer<typeof exchangeRecord>;
