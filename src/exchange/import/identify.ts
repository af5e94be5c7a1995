import { stableId } from '../ids.ts';
import type { Batch } from './batch.ts';
import { identityOf, nameOf, namesOf } from './resolve.ts';
import type { Unit } from './unit.ts';

/** Which record of the database a noun is, if any: by its id, its identifiers, its URL. A new one gets its id. */
export function identify(batch: Batch, unit: Unit): void {
  const { model, given } = unit;
  const { resolver } = batch;
  const { identifiers, url } = identityOf(unit);
  const found = new Map<string, string>();
  for (const { ref } of namesOf(unit)) {
    const holder = 'identifier' in ref ? resolver.holderOf(ref.identifier) : undefined;
    if (holder && holder !== model) {
      batch.drop(unit, `${capital(nameOf(ref))} is that of a ${holder}, and this is a ${model}.`);
      return;
    }
    // What was merged is itself when the source says that it was merged; else it is what it was merged into.
    const known = given.status === 'MERGED' && 'id' in ref ? resolver.itself(model, ref.id) : resolver.find(model, ref);
    if (known) found.set(known.id, nameOf(ref));
  }
  const [first, second] = found;
  if (first && second) {
    batch.drop(unit, `${capital(first[1])} and ${second[1]} are those of two records (${first[0]}, ${second[0]}). Merge them first.`);
    return;
  }
  if (first) {
    unit.id = first[0];
    if (resolver.isThere(unit.id)) batch.met.add(unit);
    return;
  }
  const [identifier] = identifiers;
  const id =
    given.id ??
    (identifier ? stableId('identifier', identifier.scheme, identifier.value) : url === undefined ? undefined : stableId('url', url));
  if (id === undefined) {
    const ways = model === 'Document' ? 'an id, an identifier or a URL' : 'an id or an identifier';
    batch.drop(unit, `It couldn’t be found again: give it ${ways}. Nothing is ever found by its name.`);
    return;
  }
  unit.id = id;
  resolver.make({ model, id, status: batch.statusOf(unit) }, identifiers, url);
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
