import type { Findings } from '../reading/findings.ts';
import { type Path, standardLimits, values } from '../reading/json.ts';
import { lines } from '../reading/json-lines.ts';
import type { SourceFile } from '../source.ts';
import type { Where } from '../unreadable.ts';

/** An entity as JSON has it, not looked at yet. */
export interface Found {
  at: Where;
  value: object;
}

/**
 * The entities of a file: one; those under `entities`, as Special:EntityData and the API give them; those of an array,
 * such as a dump; or one a line.
 * @param findings is told what is wrong; without it, the file was read before.
 * @throws {Unreadable} when it isn't JSON.
 */
export async function* entities(file: SourceFile, findings?: Findings): AsyncGenerator<Found> {
  const layout = await layoutOf(file);
  yield* layout === 'json' ? inJson(file, findings) : inLines(file, layout === 'dump', findings);
}

/** How the file is laid out, by its first two lines. It is opened once more for that. */
async function layoutOf(file: SourceFile): Promise<'json' | 'lines' | 'dump'> {
  const start: string[] = [];
  let length = 0;
  let ends = 0;
  for await (const text of file.text()) {
    start.push(text);
    length += text.length;
    ends += text.split('\n', 3).length - 1;
    if (ends > 1 || length > 2 * standardLimits.bytes) break;
  }
  const [first = '', second = ''] = start
    .join('')
    .trimStart()
    .split('\n', 2)
    .map((line) => line.trim());
  // An array that is only indented has lines that are no entities.
  if (first === '[') return second === ']' || isJson(second.replace(/,$/, '')) ? 'dump' : 'json';
  return /^\{(?!\s*"entities")/.test(first) && isJson(first) ? 'lines' : 'json';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function* inLines(file: SourceFile, inArray: boolean, findings: Findings | undefined): AsyncGenerator<Found> {
  for await (const line of lines(file, { inArray })) {
    if ('problem' in line) findings?.problem(line.at, line.problem);
    else yield* checked(line.at, line.value, findings);
  }
}

async function* inJson(file: SourceFile, findings: Findings | undefined): AsyncGenerator<Found> {
  /** The only entity of the file, put together of its parts. */
  let whole: { at: Where; parts: [string, unknown][] } | undefined;
  const choose = (path: Path) => (path.length === 0 || (path.length === 1 && path[0] === 'entities') ? 'enter' : 'take');
  for await (const found of values(file, choose)) {
    const { at, path } = found;
    if ('problem' in found) findings?.problem(at, found.problem);
    else if (path.length === 1 && typeof path[0] === 'string' && path[0] !== 'entities') {
      whole ??= { at, parts: [] };
      whole.parts.push([path[0], found.value]);
    } else yield* checked(at, found.value, findings);
  }
  // Beside `entities`, the API says whether it succeeded.
  if (whole?.parts.some(([name]) => name === 'id')) yield* checked(whole.at, Object.fromEntries(whole.parts), findings);
}

function* checked(at: Where, value: unknown, findings: Findings | undefined): Generator<Found> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) yield { at, value };
  else findings?.problem(at, 'This is not an entity of Wikidata, and was left out.');
}
