import type { SpanInput } from '../documents/place-span.ts';

/** Words of a document; with their place when they stand in it more than once. */
export type Words = string | SpanInput;

export function spans(words: readonly Words[]): SpanInput[] {
  return words.map((stretch) => (typeof stretch === 'string' ? { exact: stretch } : stretch));
}

/** Words that stand in a text more than once: there for the nth time, counted from 1. */
export function nth(text: string, n: number, exact: string): SpanInput {
  let start = -1;
  for (let i = 0; i < n; i++) {
    start = text.indexOf(exact, start + 1);
    if (start === -1) throw new RangeError(`“${exact}” stands in the text only ${i} times, not ${n}.`);
  }
  return { exact, start };
}
