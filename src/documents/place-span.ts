import type { SpanKind } from '../generated/prisma/enums.ts';
import { BrokenRule, type Path } from '../record/rule.ts';

/** A stretch of a document's text, by what stands there. */
export interface SpanInput {
  /** The exact text. */
  exact: string;
  /** Where it starts, in UTF-16 code units; needed only when the exact text stands in the document more than once. */
  start?: number | null;
}

/** Where a span stands, and what is around it; null when the record doesn't keep the text. */
export interface SpanPlace {
  start: number | null;
  end: number | null;
  prefix: string | null;
  suffix: string | null;
}

export interface PlacedSpan extends SpanPlace {
  kind: SpanKind;
  position: number;
  exact: string;
}

/** How much of the text around a span is kept beside it, in UTF-16 code units. */
const contextLength = 32;

/**
 * Finds spans in a document's text. When the record doesn't keep the text, a span is its exact text alone.
 * @param text the document's text, or null.
 * @param path the place of the spans in the input.
 * @throws {BrokenRule} when the exact text doesn't stand there, saying what does.
 */
export function placeSpans(text: string | null, kind: SpanKind, inputs: readonly SpanInput[], ...path: Path): PlacedSpan[] {
  return inputs.map((input, position) => ({ kind, position, exact: input.exact, ...place(text, input, [...path, position]) }));
}

function place(text: string | null, { exact, start: given }: SpanInput, path: Path): SpanPlace {
  if (exact === '') throw new BrokenRule('REQUIRED', 'The text is empty.', [...path, 'exact']);
  if (/\p{Surrogate}/u.test(exact)) {
    throw new BrokenRule('INVALID_VALUE', 'The text has half a character, of two UTF-16 code units. Take in the whole of it.', [
      ...path,
      'exact',
    ]);
  }
  if (text === null) {
    if (given == null) return { start: null, end: null, prefix: null, suffix: null };
    throw new BrokenRule(
      'SPAN_NOT_CHECKABLE',
      'The record doesn’t keep this document’s text, so a place in it can’t be checked. Leave `start` out.',
      [...path, 'start'],
    );
  }
  const start = given ?? onlyPlace(text, exact, path);
  const found = text.slice(start, start + exact.length);
  if (start < 0 || found !== exact) {
    throw new BrokenRule('SPAN_NOT_FOUND', `At ${start} the document has “${start < 0 ? '' : found}”, not “${exact}”.`, path);
  }
  return placeAt(text, start, exact);
}

function placeAt(text: string, start: number, exact: string): SpanPlace {
  const end = start + exact.length;
  return {
    start,
    end,
    prefix: wholeCharacters(text.slice(Math.max(0, start - contextLength), start)) || null,
    suffix: wholeCharacters(text.slice(end, end + contextLength)) || null,
  };
}

function onlyPlace(text: string, exact: string, path: Path): number {
  const [first, second] = placesOf(text, exact);
  if (first === undefined) throw new BrokenRule('SPAN_NOT_FOUND', `“${exact}” doesn’t stand in the document.`, path);
  if (second === undefined) return first;
  throw new BrokenRule(
    'SPAN_AMBIGUOUS',
    `“${exact}” stands in the document at ${first}, at ${second} and maybe more often. Say which with \`start\`.`,
    path,
  );
}

/**
 * Where a span stands in a text that was changed, by what is around it, as the W3C's TextQuoteSelector has it.
 * @returns undefined when it isn't there, or when it can't be told which of several it is.
 */
export function findAgain(text: string, span: SpanPlace & { exact: string }): SpanPlace | undefined {
  const { start, exact } = span;
  const inContext = placesInContext(text, span);
  const [only, other] = inContext.length > 0 ? inContext : placesOf(text, exact);
  if (only === undefined) return undefined;
  if (other === undefined) return placeAt(text, only, exact);
  return start !== null && inContext.includes(start) ? placeAt(text, start, exact) : undefined;
}

/**
 * Where a span of a text stands in the next version of it. What is before all changes or behind them moves
 * with the text; between them its surroundings tell, and of several in the same surroundings the order.
 * @returns undefined when its words were changed, or when it can't be told which of several it is.
 */
export function follow(before: string, after: string, span: SpanPlace & { exact: string }): SpanPlace | undefined {
  const { start, end, exact } = span;
  if (start === null || end === null) return findAgain(after, span);
  const same = (longest: number, isSame: (i: number) => boolean) => {
    let length = 0;
    while (length < longest && isSame(length)) length += 1;
    return length;
  };
  const shortest = Math.min(before.length, after.length);
  if (end <= same(shortest, (i) => before[i] === after[i])) return placeAt(after, start, exact);
  const atEnd = same(shortest, (i) => before[before.length - 1 - i] === after[after.length - 1 - i]);
  if (start >= before.length - atEnd) return placeAt(after, start + after.length - before.length, exact);
  const [then, now] = [placesOf(before, exact), placesOf(after, exact)];
  const inContext = placesInContext(after, span);
  const [only, other] = inContext;
  if (only !== undefined && other === undefined) return placeAt(after, only, exact);
  // As often as before: in the same order, if what is around agrees, or if it was the only one.
  const place = then.length === now.length ? now[then.indexOf(start)] : undefined;
  return place !== undefined && (inContext.includes(place) || now.length === 1) ? placeAt(after, place, exact) : undefined;
}

/** Where the words stand between those that were around them; nowhere when none were kept. */
function placesInContext(text: string, { exact, prefix, suffix }: SpanPlace & { exact: string }): number[] {
  if (!prefix && !suffix) return [];
  return placesOf(text, exact).filter((at) => text.slice(0, at).endsWith(prefix ?? '') && text.startsWith(suffix ?? '', at + exact.length));
}

function placesOf(text: string, exact: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(exact); at !== -1; at = text.indexOf(exact, at + 1)) places.push(at);
  return places;
}

/** Half of a surrogate pair is no character, and PostgreSQL takes none. */
function wholeCharacters(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]/, '').replace(/[\uD800-\uDBFF]$/, '');
}
