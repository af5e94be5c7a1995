import { findAgain } from '../documents/place-span.ts';
import { textOf } from '../documents/write-spans.ts';
import { BrokenRule } from '../record/rule.ts';
import type { Transaction } from '../record/values.ts';

/** How many of the quotations that can't be placed a message names. */
const named = 3;

/**
 * Puts the spans of a document that came from another where they stand in its text.
 * @param isNewText whether the text came from the other as well: then its own spans are put there, too.
 * @throws {BrokenRule} NOT_MERGEABLE, naming what can't be placed.
 */
export async function placeSpansOf(tx: Transaction, documentId: string, movedIds: readonly string[], isNewText: boolean): Promise<void> {
  const text = await textOf(tx, documentId);
  if (text === null) return;
  const of = isNewText
    ? { OR: [{ appearance: { documentId } }, { citation: { documentId } }] }
    : { OR: [{ appearanceId: { in: [...movedIds] } }, { citationId: { in: [...movedIds] } }] };
  const lost: string[] = [];
  for (const { id, exact, ...place } of await tx.span.findMany({ where: of, orderBy: { id: 'asc' } })) {
    const found = findAgain(text, { exact, start: place.start, end: place.end, prefix: place.prefix, suffix: place.suffix });
    if (!found) lost.push(exact);
    else if (found.start !== place.start || found.prefix !== place.prefix || found.suffix !== place.suffix) {
      await tx.span.update({ select: { id: true }, where: { id }, data: found });
    }
  }
  if (lost.length === 0) return;
  const examples = lost.slice(0, named).map((exact) => `“${exact}”`);
  throw new BrokenRule(
    'NOT_MERGEABLE',
    `The texts differ: ${lost.length} quotations don’t stand in the survivor’s text, or it can’t be told where: ${examples.join(', ')}${lost.length > named ? '…' : ''}. Correct the text or the quotations first.`,
    ['duplicate'],
  );
}
