// The package has no types of its own; this is what is used of it.
declare module 'edtf' {
  /** What the parser makes of a text. */
  export interface Parsed {
    type: string;
    /** Numbers, months from 0; of an interval its two ends, null when unknown, Infinity when open. */
    values: (Parsed | number | null)[];
  }
  export const defaults: {
    /** The offset in minutes of times that have none; `true` for that of the process. */
    offset: number | boolean;
  };
  /** @throws when the text is no EDTF of that level and those types. */
  export function parse(text: string, options: { level: 0 | 1 | 2; types: readonly string[] }): Parsed;
  /** The instants of what was parsed, in milliseconds. */
  export default function edtf(parsed: Parsed): { min: number; max: number };
}
