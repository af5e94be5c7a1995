/** Texts as PostgreSQL writes an array of them. */
export function listText(texts: readonly string[]): string {
  let list = '{';
  for (const text of texts) {
    if (list.length > 1) list += ',';
    list += `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;
  }
  return `${list}}`;
}
