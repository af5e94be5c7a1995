// What several of the servers make of values in the same way.

/** A cursor of a list that is sorted by an instant and an id. */
export function writeCursor(earliest, id) {
  return Buffer.from(`${earliest === null ? '' : new Date(earliest).toISOString()} ${id}`).toString('base64url');
}

/** What a cursor holds: the instant and the id, or neither. */
export function readCursor(cursor) {
  if (cursor == null) return [null, null];
  const [earliest, id] = Buffer.from(cursor, 'base64url').toString().split(' ');
  return [earliest || null, id];
}

/** What stands between the marks that the database puts around a match. */
export function partsOf(excerpt) {
  return excerpt
    .split(/(\uE000[^\uE001]*\uE001)/)
    .filter((text) => text !== '')
    .map((text) => ({ isMatch: text.startsWith('\uE000'), text: text.replace(/[\uE000\uE001]/g, '') }));
}

/** The text of `{ language: text }` that suits a reader best. */
export function localize(texts, languages) {
  if (!texts) return null;
  const language = (languages ?? []).find((wish) => wish in texts) ?? Object.keys(texts)[0];
  return { text: texts[language], language };
}

/** The first and the last instant of a date that is a year, a month or a day. */
export function instantsOf(edtf) {
  const [year, month, day] = edtf.split('-').map(Number);
  const next = day ? Date.UTC(year, month - 1, day + 1) : month ? Date.UTC(year, month) : Date.UTC(year + 1, 0);
  return { earliest: new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1)), latest: new Date(next - 1) };
}
