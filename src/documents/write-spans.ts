import type { SpanKind } from '../generated/prisma/enums.ts';
import { difference } from '../record/difference.ts';
import { hold } from '../record/hold.ts';
import { BrokenRule } from '../record/rule.ts';
import type { Transaction } from '../record/values.ts';
import { findAgain, follow, type PlacedSpan } from './place-span.ts';

/** A document's text as the record keeps it, or null. It stays so until the transaction ends, so that spans stand in it. */
export async function textOf(tx: Transaction, id: string): Promise<string | null> {
  await hold(tx, 'Document', id);
  const { text } = await tx.document.findUniqueOrThrow({ where: { id }, select: { text: true } });
  return text;
}

/** Makes these all spans of some kinds that an appearance or a citation has; what stays keeps its row. */
export async function replaceSpans(
  tx: Transaction,
  owner: { appearanceId: string } | { citationId: string },
  kinds: readonly SpanKind[],
  spans: readonly PlacedSpan[],
): Promise<void> {
  const select = { id: true, kind: true, position: true, exact: true, start: true, end: true, prefix: true, suffix: true } as const;
  const current = await tx.span.findMany({ where: { ...owner, kind: { in: [...kinds] } }, select });
  const { dropped, added } = difference<PlacedSpan>(current, spans);
  if (dropped.length > 0) await tx.span.deleteMany({ where: { id: { in: dropped } } });
  for (const span of added) await tx.span.create({ select: { id: true }, data: { ...owner, ...span } });
}

/**
 * Puts the spans of a document where they stand in its new text.
 * @param text the new text; null when the record no longer keeps it: the spans are their exact text alone then.
 * @param before the text as it was; null when it isn't known.
 * @param lost gets the ids of those that don't stand there, or can't be told from others: they lose their places.
 * @throws {BrokenRule} when there is one, and nobody wants to know its id.
 */
export async function moveSpans(
  tx: Transaction,
  documentId: string,
  text: string | null,
  before: string | null = null,
  lost?: string[],
): Promise<void> {
  const spans = await tx.span.findMany({ where: { OR: [{ appearance: { documentId } }, { citation: { documentId } }] } });
  for (const { id, exact, start, end, prefix, suffix } of spans) {
    const span = { exact, start, end, prefix, suffix };
    let place =
      text === null ? { start: null, end: null, prefix, suffix } : before === null ? findAgain(text, span) : follow(before, text, span);
    if (!place && lost) {
      lost.push(id);
      place = { start: null, end: null, prefix, suffix };
    }
    if (!place) {
      throw new BrokenRule(
        'SPAN_NOT_FOUND',
        `“${exact}”, which the record quotes from this document, doesn’t stand in the new text, or it can’t be told which of several it is. Change what quotes it first.`,
        ['text'],
      );
    }
    // One that was removed meanwhile needs no place.
    await tx.span.updateMany({ where: { id }, data: place });
  }
}
