import { createHash } from 'node:crypto';
import type { DocumentKind, SpanKind } from '../generated/prisma/enums.ts';
import { BrokenRule } from '../record/rule.ts';
import {
  type ActorInput,
  actor,
  dated,
  type IdentifierInput,
  identifiers,
  language,
  type RecordInput,
  type Transaction,
  worded,
} from '../record/values.ts';
import { placeSpans, type SpanInput } from './place-span.ts';

export interface DocumentInput extends RecordInput {
  url?: string;
  title?: string;
  language?: string;
  kind?: DocumentKind;
  /** UUID of an organization. */
  publisherId?: string;
  /** In the order of the byline. */
  authors?: readonly ActorInput[];
  /** EDTF. */
  publishedAt?: string;
  /** The full text, when the record may keep it. */
  text?: string;
  archivedUrl?: string;
  /** UUID of a document. */
  derivedFromId?: string;
  identifiers?: readonly IdentifierInput[];
}

/**
 * Adds a document.
 * @throws {BrokenRule}
 */
export async function createDocument(tx: Transaction, { authors = [], ...input }: DocumentInput): Promise<string> {
  if (input.url === undefined && input.title === undefined)
    throw new BrokenRule('Give a title or a URL; a document is known by either.', ['title']);
  const { id } = await tx.document.create({
    select: { id: true },
    data: {
      ...input,
      ...dated('publishedAt', 'published', input.publishedAt),
      language: language(input.language, 'language'),
      sha256: input.text === undefined ? undefined : createHash('sha256').update(input.text).digest('hex'),
      authors: { create: authors.map((author, position) => ({ ...actor(author), position })) },
      identifiers: identifiers(input.identifiers),
    },
  });
  return id;
}

export interface AppearanceInput extends RecordInput {
  /** UUID of a statement. */
  statementId: string;
  /** UUID of a document. */
  documentId: string;
  printedText: string;
  language: string;
  isTranslation?: boolean;
  /** UUID of an appearance of the same statement. */
  relayedFromId?: string;
  /** Where the document prints what was said. */
  content: readonly SpanInput[];
  /** Where it marks it as said. */
  cue?: readonly SpanInput[];
  /** Where it names who said it. */
  source?: readonly SpanInput[];
}

/**
 * Adds an appearance of a statement in a document.
 * @throws {BrokenRule} when a span doesn't stand in the document's text.
 */
export async function createAppearance(tx: Transaction, { content, cue = [], source = [], ...input }: AppearanceInput): Promise<string> {
  const text = await textOf(tx, input.documentId);
  const spans = (Object.entries({ CONTENT: content, CUE: cue, SOURCE: source }) as [SpanKind, readonly SpanInput[]][]).flatMap(
    ([kind, inputs]) => placeSpans(text, kind, inputs),
  );
  const { id } = await tx.appearance.create({
    select: { id: true },
    data: {
      ...input,
      printedText: worded(input.printedText, 'printedText'),
      language: language(input.language, 'language'),
      spans: { create: spans },
    },
  });
  return id;
}

/** What a citation is the evidence for, by its UUID. */
export type FactInput =
  | { eventId: string }
  | { participationId: string }
  | { membershipId: string }
  | { eventLinkId: string }
  | { statementLinkId: string };

export interface CitationInput extends RecordInput {
  fact: FactInput;
  /** UUID of a document. */
  documentId: string;
  /** The words that say so. */
  evidence?: readonly SpanInput[];
}

/**
 * Adds the evidence for a fact.
 * @throws {BrokenRule} when a span doesn't stand in the document's text.
 */
export async function createCitation(tx: Transaction, { fact, evidence = [], ...input }: CitationInput): Promise<string> {
  const spans = placeSpans(await textOf(tx, input.documentId), 'EVIDENCE', evidence);
  const { id } = await tx.citation.create({ select: { id: true }, data: { ...input, ...fact, spans: { create: spans } } });
  return id;
}

async function textOf(tx: Transaction, id: string): Promise<string | null> {
  const { text } = await tx.document.findUniqueOrThrow({ where: { id }, select: { text: true } });
  return text;
}
