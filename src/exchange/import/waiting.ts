import type { Prisma } from '../../generated/prisma/client.ts';
import type { Transaction } from '../../record/values.ts';
import type { Where } from '../unreadable.ts';
import { nameOf, Resolver, readable } from './resolve.ts';
import { specOf } from './spec.ts';
import { gather, type Model, type Owner, type Unit, unitsOfLink } from './unit.ts';

// Records that refer to what comes later in the source stay in the database until all was read: there is no
// telling how many they are.

/** A unit with what hangs on it, as it is kept. */
interface Kept {
  model: Model;
  given: object;
  at: Where;
  path: string;
  owner: Owner | null;
}

export interface Waiting {
  number: number;
  units: Unit[];
}

/** Keeps units for later. */
export async function keepWaiting(tx: Transaction, importId: string, units: readonly Unit[]): Promise<void> {
  if (units.length === 0) return;
  const all = new Set(units);
  const tops = units.filter(({ owner }) => !(owner && 'given' in owner && all.has(owner)));
  const { _max } = await tx.importWaiting.aggregate({ where: { importId }, _max: { number: true } });
  const first = (_max.number ?? 0) + 1;
  await tx.importWaiting.createMany({
    data: tops.map((unit, i) => ({ importId, number: first + i, unit: keptOf(unit, units) as unknown as Prisma.InputJsonObject })),
  });
}

function keptOf(unit: Unit, units: readonly Unit[]): Kept {
  const { model, at, path, owner } = unit;
  return { model, given: gather(unit, units), at, path, owner: owner?.id ? { model: owner.model, id: owner.id } : null };
}

/** Some of those that wait, behind a number. */
export async function someWaiting(tx: Transaction, importId: string, behind: number, count: number): Promise<Waiting[]> {
  const rows = await tx.importWaiting.findMany({ where: { importId, number: { gt: behind } }, orderBy: { number: 'asc' }, take: count });
  return rows.map(({ number, unit }) => {
    // What `keepWaiting` wrote.
    const { model, given, at, path, owner } = unit as unknown as Kept;
    return { number, units: unitsOfLink(model, given, at, path, owner ?? undefined) };
  });
}

export async function dropWaiting(tx: Transaction, importId: string, numbers: readonly number[]): Promise<void> {
  await tx.importWaiting.deleteMany({ where: { importId, number: { in: [...numbers] } } });
}

/** What a unit that waited in vain refers to, in the words of a message. */
export async function missingOf(tx: Transaction, unit: Unit): Promise<string> {
  const resolver = new Resolver(tx);
  const named = specOf(unit.model).refs(unit.given).map(readable);
  await resolver.load(named);
  const missing = named.find(({ model, ref }) => !resolver.find(model, ref));
  return missing
    ? `${missing.path}: neither the record nor the source has ${/^[AEO]/.test(missing.model) ? 'an' : 'a'} ${missing.model} with ${nameOf(missing.ref)}.`
    : 'What it hangs on was left out.';
}
