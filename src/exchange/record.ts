import { z } from 'zod';
import * as enums from '../generated/prisma/enums.ts';
import {
  actor,
  appearance,
  type citation,
  citations,
  common,
  date,
  eventLink,
  type identifier,
  identifiers,
  language,
  localized,
  type membership,
  memberships,
  mergeable,
  type name,
  names,
  participation,
  ref,
  review,
  type span,
  statementLink,
  subject,
  translation,
} from './shape.ts';

// The shape that every format is read into and written from, and that the native format writes as it is: one
// noun with its links. docs/formats/verbatim.md tells it to people; the JSON Schema is made from this file.

export const place = z
  .strictObject({
    type: z.literal('Place').describe('Which noun the line is.'),
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
    type: z.literal('Organization').describe('Which noun the line is.'),
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
    type: z.literal('Person').describe('Which noun the line is.'),
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
    type: z.literal('Document').describe('Which noun the line is.'),
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
    authors: z.array(actor).describe('Who wrote it, in the order of the byline.').optional(),
    identifiers,
  })
  .meta({ id: 'Document' });

export const event = z
  .strictObject({
    type: z.literal('Event').describe('Which noun the line is.'),
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
    participations: z.array(participation).describe('Who took part in it.').optional(),
    links: z.array(eventLink).describe('What it does to other events.').optional(),
    ...citations,
  })
  .meta({ id: 'Event' });

export const statement = z
  .strictObject({
    type: z.literal('Statement').describe('Which noun the line is.'),
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
    about: z.array(subject).describe('What it is about.').optional(),
    translations: z.array(translation).describe('Its words in other languages.').optional(),
    identifiers,
    appearances: z.array(appearance).describe('Where it was printed.').optional(),
    links: z.array(statementLink).describe('What it does to other statements.').optional(),
    reviews: z.array(review).describe('What fact checks found of it.').optional(),
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
