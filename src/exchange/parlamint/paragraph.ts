import type { ExchangeSpan } from '../record.ts';

/** A stretch of a paragraph: words that were said, or a note of what happened meanwhile. */
export interface Stretch {
  text: string;
  isSpoken: boolean;
}

/** A paragraph in one line, as it is printed. */
export interface Line {
  /** With the notes, in brackets. */
  printed: string;
  /** Without them. */
  words: string;
  /** Where the words stand in what is printed; one span between two notes. */
  spans: (ExchangeSpan & { start: number })[];
}

/**
 * Sets a paragraph. Blank space becomes single spaces. A note parts the words before and behind it; but a comma
 * or the like that follows it at once belongs to the words before.
 */
export function lineOf(stretches: readonly Stretch[]): Line {
  let printed = '';
  let words = '';
  const places: { start: number; end: number }[] = [];
  let isSpaced = false;
  let isParted = false;
  let isInterrupted = true;
  for (const { text, isSpoken } of stretches) {
    const body = text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
    if (!isSpoken) {
      isSpaced = false;
      isParted = true;
      if (body === '') continue;
      printed += `${printed === '' ? '' : ' '}${inBrackets(body)}`;
      isInterrupted = true;
    } else if (body === '') isSpaced ||= text !== '';
    else {
      const space = isSpaced || /^[ \t\r\n]/.test(text) || (isParted && !closing.test(body)) ? ' ' : '';
      printed += (printed === '' ? '' : space) + body;
      words += (words === '' ? '' : space) + body;
      const last = places.at(-1);
      if (last && !isInterrupted) last.end = printed.length;
      else places.push({ start: printed.length - body.length, end: printed.length });
      isSpaced = /[ \t\r\n]$/.test(text);
      isParted = false;
      isInterrupted = false;
    }
  }
  return { printed, words, spans: places.map(({ start, end }) => ({ exact: printed.slice(start, end), start })) };
}

/** What closes the words before it. */
const closing = /^[\p{Pe}\p{Pf},.;:!?…]/u;

/** As notes are printed between words, unless they come so. */
function inBrackets(note: string): string {
  return /^[([/]/.test(note) ? note : `[${note}]`;
}
