import type { Context } from '../context.ts';
import { findVisible } from '../graph/find.ts';
import type { Info } from '../graph/noun.ts';
import { selectionOf } from '../graph/selection.ts';
import { findNamed } from './find.ts';
import { type Representation, readRepresentation } from './representation.ts';

/**
 * Finds the records that a gateway names, in that order, with all that is asked below them: one statement for
 * the keys, and one for each noun. What isn't there and what may not be seen are null; for what can't be read
 * as a representation an error stands in its place.
 */
export async function findEntities(given: readonly unknown[], context: Context, info: Info): Promise<(object | Error | null)[]> {
  const read = given.map((each) => {
    try {
      return readRepresentation(each);
    } catch (error) {
      return error as Error;
    }
  });
  // The same record is often named many times.
  const named = new Map<string, Representation>();
  for (const each of read) if (each && !(each instanceof Error)) named.set(nameOf(each), each);
  if (named.size === 0) return read as (Error | null)[];
  const ids = await findNamed([...named.values()], context);
  const idOf = new Map([...named.keys()].map((name, i) => [name, ids[i]]));
  const wanted = new Map<string, Set<string>>();
  for (const [name, { model }] of named) {
    const id = idOf.get(name);
    if (id) wanted.set(model, (wanted.get(model) ?? new Set()).add(id));
  }
  const selection = selectionOf(context, info);
  const found = new Map<string, Map<string, object>>();
  for (const [model, uuids] of wanted) found.set(model, await findVisible(model, [...uuids], context, selection));
  return read.map((each) => {
    if (!each || each instanceof Error) return each;
    return found.get(each.model)?.get(idOf.get(nameOf(each)) ?? '') ?? null;
  });
}

function nameOf({ model, key, value }: Representation): string {
  return `${model} ${key} ${value}`;
}
