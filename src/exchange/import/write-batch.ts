import type { Transaction } from '../../record/values.ts';
import { Batch, type BatchDone, type BatchOptions } from './batch.ts';
import { buildUnits, layersOf } from './build.ts';
import { identify } from './identify.ts';
import { type Built, insert } from './insert.ts';
import { findLinks } from './links.ts';
import type { Met } from './plan.ts';
import { removedByHand } from './setter.ts';
import { tally } from './told.ts';
import { type Model, models, nouns, type Unit } from './unit.ts';
import { update } from './update.ts';

/**
 * Writes some records with their links, in one transaction: finds them again or makes them, checks them by the
 * rules of writing, and writes many at once. What is wrong is told and left out, with what hangs on it.
 */
export async function writeBatch(tx: Transaction, units: readonly Unit[], options: BatchOptions): Promise<BatchDone> {
  const batch = new Batch(tx, units, options);
  await findAll(batch);
  for (const model of models) {
    // What a record lies below comes before it: its status counts, and its ancestors are looked up.
    for (const layer of layersOf(batch.of(model))) await write(batch, model, layer);
  }
  return batch.done;
}

/** Finds out which records are there, and which ones are to wait. */
async function findAll(batch: Batch): Promise<void> {
  await batch.load();
  for (const unit of batch.left) if (nouns.has(unit.model)) identify(batch, unit);
  // Links that have an id can be referred to within the batch.
  for (const unit of batch.left) if (!nouns.has(unit.model) && unit.given.id) batch.expect(unit, unit.given.id);
  batch.putOff();
  await findLinks(batch, batch.left);
  const made = batch.left.flatMap(({ id }) => (id && !batch.resolver.isThere(id) ? [id] : []));
  const removed = await removedByHand(batch.tx, made);
  for (const unit of batch.left) {
    if (unit.id && removed.has(unit.id)) batch.drop(unit, 'An editor removed it from the record; it stays removed.', 'conflict');
  }
}

async function write(batch: Batch, model: Model, units: readonly Unit[]): Promise<void> {
  const { tx, options, done } = batch;
  const made: Built[] = [];
  const met: Met[] = [];
  for await (const each of buildUnits(batch, model, units)) {
    if (batch.met.has(each.unit)) met.push(each);
    else made.push(each);
  }
  const refused = await insert(tx, model, made);
  for (const { unit, broken } of refused) batch.drop(unit, broken.message, 'problem', broken.path);
  if (made.length > refused.length) tally(done.counts, model, 'created', made.length - refused.length);
  const { updated, unchanged, skipped, told, statuses, lost } = await update(tx, model, met, options.format);
  for (const [id, status] of statuses) batch.resolver.change(id, status);
  done.told.push(...told);
  done.lost.push(...lost);
  const results: ['updated' | 'unchanged' | 'skipped', Unit[]][] = [
    ['updated', updated],
    ['unchanged', unchanged],
    ['skipped', skipped],
  ];
  for (const [what, some] of results) if (some.length > 0) tally(done.counts, model, what, some.length);
}
