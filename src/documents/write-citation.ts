import type { RecordInput, Transaction } from '../record/values.ts';
import { placeSpans, type SpanInput } from './place-span.ts';
import { replaceSpans, textOf } from './write-spans.ts';

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
  evidence?: readonly SpanInput[] | null;
}

/**
 * Adds the evidence for a fact.
 * @throws {BrokenRule} when a span doesn't stand in the document's text.
 */
export async function createCitation(tx: Transaction, { fact, evidence, ...input }: CitationInput): Promise<string> {
  const spans = placeSpans(await textOf(tx, input.documentId), 'EVIDENCE', evidence ?? [], 'evidence');
  const { id } = await tx.citation.create({ select: { id: true }, data: { ...input, ...fact, spans: { create: spans } } });
  return id;
}

/**
 * Replaces the words that say so.
 * @throws {BrokenRule} when a span doesn't stand in the document's text.
 */
export async function updateCitation(tx: Transaction, id: string, { evidence }: { evidence?: readonly SpanInput[] | null }): Promise<void> {
  if (evidence === undefined) return;
  const { documentId } = await tx.citation.findUniqueOrThrow({ where: { id }, select: { documentId: true } });
  const spans = placeSpans(await textOf(tx, documentId), 'EVIDENCE', evidence ?? [], 'evidence');
  await replaceSpans(tx, { citationId: id }, ['EVIDENCE'], spans);
}
