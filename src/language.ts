/**
 * Reads a BCP 47 language tag and gives it in its canonical form, such as `fr-CA` for `FR-ca`.
 * @throws {RangeError} saying what was wrong with the text.
 */
export function parseLanguage(text: string): string {
  try {
    const [tag] = Intl.getCanonicalLocales(text);
    // Extensions say how to sort and count, which no text is written in; and no language has a code of
    // more than three letters, though the form allows it.
    if (tag && !/-[a-z0-9]-|^[a-z]{4}/i.test(tag)) return tag;
  } catch {
    // Told below.
  }
  throw new RangeError(`"${text.slice(0, 40)}" is not a BCP 47 language. Write it like fr, en-GB or ar-Latn.`);
}

/**
 * The best of the languages that are there, for a reader who prefers some: for each preference in
 * turn the same tag, then a shorter one (`fr` for `fr-CA`), then a longer one (`fr-CA` for `fr`),
 * as in the lookup of RFC 4647. When none fits, the first of those that are there.
 */
export function pickLanguage(there: readonly string[], preferred: readonly string[]): string | undefined {
  for (const wish of preferred) {
    for (let range = wish; range !== ''; range = range.slice(0, Math.max(0, range.lastIndexOf('-')))) {
      if (there.includes(range)) return range;
    }
    const longer = there.find((tag) => tag.startsWith(`${wish}-`));
    if (longer) return longer;
  }
  return there[0];
}
