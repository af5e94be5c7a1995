import { mergeable } from '../../mutation/input.ts';
import { BrokenRule } from '../../record/rule.ts';
import { checkHeld, type Held } from '../../statements/write.ts';
import type { Ref } from '../record.ts';
import type { Batch } from './batch.ts';
import type { Link, Row, Texts } from './given.ts';
import { partRows } from './insert.ts';
import type { Met } from './plan.ts';
import { identityOf, readable } from './resolve.ts';
import { type PartTable, specOf } from './spec.ts';
import { textsOf } from './text.ts';
import type { Model, Unit } from './unit.ts';

// What is given becomes rows, by the rules of writing. What breaks one is dropped.

/** Units of a model as rows. */
export async function* buildUnits(batch: Batch, model: Model, units: readonly Unit[]): AsyncGenerator<Met> {
  if (model !== 'Appearance' && model !== 'Citation') {
    for (const unit of units) yield* built(batch, unit, () => null);
    return;
  }
  // Spans are checked in the documents' texts, of which not all may be held at once.
  const byDocument = new Map<string, Unit[]>();
  for (const unit of units) {
    const { document } = unit.given as { document: { id: string } };
    const id = batch.resolver.find('Document', readable({ model: 'Document', ref: document, path: 'document' }).ref)?.id;
    if (id === undefined) {
      // It was left out, which is told of the unit too.
      yield* built(batch, unit, () => null);
      continue;
    }
    const list = byDocument.get(id);
    if (list) list.push(unit);
    else byDocument.set(id, [unit]);
  }
  for await (const texts of textsOf(batch.tx, [...byDocument.keys()])) {
    for (const [document, text] of texts) for (const unit of byDocument.get(document) ?? []) yield* built(batch, unit, () => text);
  }
}

function* built(batch: Batch, unit: Unit, texts: Texts): Generator<Met> {
  try {
    yield build(batch, unit, texts);
  } catch (error) {
    if (!(error instanceof BrokenRule)) throw error;
    batch.drop(unit, error.message, 'problem', error.path);
  }
}

function build(batch: Batch, unit: Unit, texts: Texts): Met {
  const { resolver } = batch;
  const { model, given } = unit;
  const { id } = unit;
  if (id === undefined) throw new Error('The unit has no id.');
  const spec = specOf(model);
  const drafts: string[] = [];
  const link: Link = (target, ref, path) => {
    const found = resolver.find(target, readable({ model: target, ref, path }).ref);
    if (!found) throw new BrokenRule('NOT_FOUND', 'What it refers to was left out.', [path]);
    if (found.status === 'DRAFT') drafts.push(path);
    return found.id;
  };
  const owner = batch.ownerOf(unit);
  if (owner && resolver.find(owner.model, { id: owner.id ?? '' })?.status === 'DRAFT') drafts.push('it');
  const fields = spec.fields(given, link, owner);
  const columns = spec.columns(fields as never) as Row;
  const parts = Object.entries(spec.parts(given, link, texts)) as [PartTable, readonly Row[]][];
  const there = resolver.itself(model, id);
  const status = there ? (given.status ?? (batch.options.isStatusGiven ? batch.options.status : undefined)) : batch.statusOf(unit);
  if ((status ?? there?.status) === 'PUBLISHED' && drafts.length > 0) {
    throw new BrokenRule('NOT_PUBLISHED', `What is published can’t depend on a draft: ${drafts.join(', ')}.`, []);
  }
  if (model === 'Statement') checkCapacity(batch, unit, columns);
  if (model === 'Membership' && !batch.met.has(unit)) {
    resolver.make({ model, id, status: status ?? 'DRAFT', held: columns as unknown as Held });
  }
  const retractionReason = status === 'RETRACTED' ? (given.retractionReason ?? null) : null;
  const mergedInto = 'mergedInto' in given && given.mergedInto ? link(model, given.mergedInto, 'mergedInto') : null;
  return {
    unit: unit as Met['unit'],
    fields,
    status,
    retractionReason,
    row: {
      id,
      ...columns,
      ...(batch.met.has(unit) ? {} : { status, retractionReason, ...(mergeable.has(model) ? { mergedIntoId: mergedInto } : {}) }),
    },
    parts: parts.flatMap(([table, rows]) => partRows(model, id, table, rows)),
  };
}

function checkCapacity({ resolver }: Batch, { given }: Unit, columns: Row): void {
  const ref = 'capacity' in given ? given.capacity : undefined;
  const held = ref && resolver.find('Membership', readable({ model: 'Membership', ref, path: 'capacity' }).ref)?.held;
  if (held) checkHeld(held, columns as unknown as Parameters<typeof checkHeld>[1]);
}

/** Units of a model in layers: none refers to one of a later layer, or of its own. */
export function layersOf(units: readonly Unit[]): Unit[][] {
  const above = ({ given }: Unit) =>
    'parent' in given ? given.parent : 'derivedFrom' in given ? given.derivedFrom : 'relayedFrom' in given ? given.relayedFrom : undefined;
  if (units.every((unit) => above(unit) === undefined)) return units.length > 0 ? [[...units]] : [];
  const byName = new Map<string, Unit>();
  for (const unit of units) {
    if (unit.id) byName.set(`id ${unit.id}`, unit);
    const { identifiers, url } = identityOf(unit);
    for (const { scheme, value } of identifiers) byName.set(`${scheme} ${value}`, unit);
    if (url !== undefined) byName.set(`url ${url}`, unit);
  }
  const depths = new Map<Unit, number>();
  for (const unit of units) {
    // Without recursion: a chain may be as long as the batch. What goes round is refused when it is written.
    const chain: Unit[] = [];
    let each: Unit | undefined = unit;
    for (const seen = new Set<Unit>(); each && !depths.has(each) && !seen.has(each); ) {
      chain.push(each);
      seen.add(each);
      const ref = above(each);
      each = ref && byName.get(keyOf(ref));
    }
    let depth = each ? (depths.get(each) ?? -1) : -1;
    for (const one of chain.reverse()) {
      depth += 1;
      depths.set(one, depth);
    }
  }
  const layers: Unit[][] = [];
  for (const unit of units) {
    const depth = depths.get(unit) ?? 0;
    for (let missing = layers.length; missing <= depth; missing += 1) layers.push([]);
    layers[depth]?.push(unit);
  }
  return layers.filter((layer) => layer.length > 0);
}

function keyOf(ref: Ref): string {
  if ('id' in ref) return `id ${ref.id.toLowerCase()}`;
  return 'url' in ref ? `url ${ref.url}` : `${ref.identifier.scheme} ${ref.identifier.value}`;
}
