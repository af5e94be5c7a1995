import { createHash } from 'node:crypto';

/** Longer texts are seldom sent twice, and what is prepared of them takes much of the server's memory. */
const longestText = 20_000;

/**
 * Gives a statement's text its name, for the first so many texts. A connection keeps what was prepared under
 * a name for as long as it lives, so there must be no more of them, however many texts come by; the others
 * are sent without a name, and planned each time. A text that was forgotten and comes again has its name still.
 */
export function preparedNames(most: number): (text: string) => string {
  const names = new Set<string>();
  return (text) => {
    if (text.length > longestText) return '';
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 24);
    if (names.has(name)) return name;
    if (names.size >= most) return '';
    names.add(name);
    return name;
  };
}
