import type { SourceFile } from '../source.ts';
import type { Where } from '../unreadable.ts';
import { type JsonLimits, standardLimits, whyNotJson } from './json.ts';

// JSON Lines: one JSON value a line; and the dumps of Wikidata, whose lines make one array.

/** The value of a line; or why the line was passed over. */
export type JsonLine = { at: Where; value: unknown } | { at: Where; problem: string };

export interface LineOptions extends JsonLimits {
  /** Whether lines may end in a comma and stand between a line `[` and a line `]`. */
  inArray?: boolean;
}

/**
 * Reads each line as JSON. Blank lines are passed over, and so are, as problems, lines that aren't JSON, or are larger
 * or deeper than the limits: a line that is too long is not kept in memory. `__proto__` is a name like any other.
 * @throws {Unreadable} where the text isn't UTF-8.
 */
export async function* lines(file: SourceFile, options: LineOptions = {}): AsyncGenerator<JsonLine> {
  const { depth, bytes } = { ...standardLimits, ...options };
  for await (const { line, text } of split(file.text(), bytes)) {
    const at = { file: file.name, line };
    if (text === undefined) {
      yield { at, problem: `The line is longer than ${bytes} characters, and was left out.` };
      continue;
    }
    const json = options.inArray ? text.trim().replace(/^\[$|^\]$|,$/, '') : text.trim();
    if (json !== '') yield parse(json, text.indexOf(json[0] as string), at, depth);
  }
}

function parse(json: string, indent: number, at: Where, depth: number): JsonLine {
  if (isDeeper(json, depth)) return { at, problem: `The line is nested more than ${depth} levels deep, and was left out.` };
  try {
    return { at, value: JSON.parse(json) };
  } catch {
    const { message, column = 1 } = whyNotJson(json);
    return { at: { ...at, column: indent + column }, problem: `${message} The line was left out.` };
  }
}

/** Whether its objects and arrays are nested more deeply; of what isn't JSON it says anything. */
function isDeeper(json: string, depth: number): boolean {
  let open = 0;
  let isInText = false;
  // By hand: JSON.parse takes any depth, and a regular expression has no stack for a long text.
  for (let i = 0; i < json.length; i += 1) {
    const code = json.charCodeAt(i);
    if (isInText) {
      if (code === backslash) i += 1;
      else if (code === quote) isInText = false;
    } else if (code === quote) isInText = true;
    else if (code === brace || code === bracket) open += 1;
    else if (code === brace + 2 || code === bracket + 2) open -= 1;
    if (open > depth) return true;
  }
  return false;
}

const [quote, backslash, brace, bracket] = [0x22, 0x5c, 0x7b, 0x5b];

/** Lines with their numbers, without their ends; one that is too long has no text. */
async function* split(texts: AsyncIterable<string>, longest: number): AsyncGenerator<{ line: number; text: string | undefined }> {
  let line = 1;
  let parts: string[] = [];
  let length = 0;
  const take = (part: string) => {
    length += part.length;
    if (length > longest) parts = [];
    else if (part !== '') parts.push(part);
  };
  const give = () => {
    const given = { line, text: length > longest ? undefined : parts.join('') };
    [line, parts, length] = [line + 1, [], 0];
    return given;
  };
  for await (const text of texts) {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      take(text.slice(start, end));
      yield give();
      start = end + 1;
    }
    take(text.slice(start));
  }
  if (length > 0) yield give();
}
