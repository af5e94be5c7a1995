import { values } from '../reading/json.ts';
import { lines } from '../reading/json-lines.ts';
import type { SourceFile } from '../source.ts';
import type { Where } from '../unreadable.ts';
import { typesOf } from './properties.ts';

// Claim reviews as JSON-LD: alone, in a list, in a graph, or in a data feed, whose items are read one by one.

/** A claim review; something else, by its type; or why a value was passed over. */
export type Found = { at: Where; thing: object } | { at: Where; other: string } | { at: Where; problem: string };

/** Lists that may be longer than memory. */
const long = ['@graph', 'dataFeedElement'];

/** How many other properties the whole may have, if it is an object. */
const mostProperties = 1000;

/** @throws {Unreadable} where it isn't JSON. */
export async function* linked(file: SourceFile): AsyncGenerator<Found> {
  if (/\.(jsonl|ndjson)$/i.test(file.name)) {
    for await (const line of lines(file)) yield* 'problem' in line ? [line] : reviewsIn(line.value, line.at);
    return;
  }
  const whole = new Map<string, unknown>();
  let start: Where | undefined;
  const found = values(file, (path, kind) => {
    if (path.length === 0) return 'enter';
    return path.length === 1 && kind === 'array' && long.includes(String(path[0])) ? 'enter' : 'take';
  });
  for await (const each of found) {
    const [name] = each.path;
    if ('problem' in each) yield { at: each.at, problem: each.problem };
    else if (each.path.length !== 1 || typeof name !== 'string' || long.includes(name)) yield* reviewsIn(each.value, each.at);
    else {
      start ??= each.at;
      if (whole.size < mostProperties) whole.set(name, each.value);
    }
  }
  // What is no list may be a review itself, or be around those in its lists.
  const thing = Object.fromEntries(whole);
  if (start && !isAround(thing)) yield* reviewsIn(thing, start);
}

/** Whether it says nothing itself but around which things it stands. */
function isAround(thing: object): boolean {
  const types = typesOf(thing);
  return types.length === 0 || types.includes('DataFeed');
}

function* reviewsIn(value: unknown, at: Where): Generator<Found> {
  if (Array.isArray(value)) {
    for (const each of value) yield* reviewsIn(each, at);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const types = typesOf(value);
  if (types.includes('ClaimReview')) {
    yield { at, thing: value };
    return;
  }
  const inner = [...long, 'item'].filter((name) => Object.hasOwn(value, name));
  for (const name of inner) yield* reviewsIn((value as Record<string, unknown>)[name], at);
  if (inner.length === 0) yield { at, other: types[0] ?? 'things without a type' };
}
