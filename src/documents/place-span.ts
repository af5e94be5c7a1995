import type { SpanKind } from '../generated/prisma/enums.ts';
import { BrokenRule } from '../record/rule.ts';

/** A stretch of a document's text, by what stands there. */
export interface SpanInput {
  /** The exact text. */
  exact: string;
  /** Where it starts, in UTF-16 code units; needed only when the exact text stands in the document more than once. */
  start?: number;
}

interface PlacedSpan {
  kind: SpanKind;
  position: number;
  exact: string;
  start: number | null;
  end: number | null;
  prefix: string | null;
  suffix: string | null;
}

/** How much of the text around a span is kept beside it, in UTF-16 code units. */
const contextLength = 32;

/**
 * Finds spans in a document's text. When the record doesn't keep the text, a span is its exact text alone.
 * @param text the document's text, or null.
 * @throws {BrokenRule} when the exact text doesn't stand there, saying what does.
 */
export function placeSpans(text: string | null, kind: SpanKind, inputs: readonly SpanInput[]): PlacedSpan[] {
  return inputs.map((input, position) => ({ kind, position, exact: input.exact, ...place(text, input, [kind.toLowerCase(), position]) }));
}

function place(text: string | null, { exact, start: given }: SpanInput, path: (string | number)[]) {
  if (text === null) {
    if (given === undefined) return { start: null, end: null, prefix: null, suffix: null };
    throw new BrokenRule('The record doesn’t keep this document’s text, so a place in it can’t be checked. Leave `start` out.', path);
  }
  const start = given ?? onlyPlace(text, exact, path);
  const end = start + exact.length;
  if (text.slice(start, end) !== exact) {
    throw new BrokenRule(`At ${start} the document has “${text.slice(start, end)}”, not “${exact}”.`, path);
  }
  return {
    start,
    end,
    prefix: wholeCharacters(text.slice(Math.max(0, start - contextLength), start)) || null,
    suffix: wholeCharacters(text.slice(end, end + contextLength)) || null,
  };
}

function onlyPlace(text: string, exact: string, path: (string | number)[]): number {
  const first = text.indexOf(exact);
  if (first === -1) throw new BrokenRule(`“${exact}” doesn’t stand in the document.`, path);
  const second = text.indexOf(exact, first + 1);
  if (second !== -1)
    throw new BrokenRule(
      `“${exact}” stands in the document at ${first}, at ${second} and maybe more often. Say which with \`start\`.`,
      path,
    );
  return first;
}

/** Half of a surrogate pair is no character, and PostgreSQL takes none. */
function wholeCharacters(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]/, '').replace(/[\uD800-\uDBFF]$/, '');
}
