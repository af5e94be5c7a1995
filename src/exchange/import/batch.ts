import type { RecordStatus } from '../../generated/prisma/enums.ts';
import type { Transaction } from '../../record/values.ts';
import { namesOf, Resolver, readable } from './resolve.ts';
import { specOf } from './spec.ts';
import { type Counts, problemOf, type Told, tally } from './told.ts';
import type { Model, Owner, Unit } from './unit.ts';

// The state of a batch: its units, which of them were found again, and what came of it so far.

export interface BatchOptions {
  format: string;
  /** Of what is new and says nothing of its status. */
  status: RecordStatus;
  /** Whether the person who started it said so, for what is there already too. */
  isStatusGiven: boolean;
}

export interface BatchDone {
  counts: Counts;
  told: Told[];
  /** What refers to something that may come yet. */
  waiting: Unit[];
  /** The spans that have no place in the new text of their document, unless what follows gives them one. */
  lost: string[];
}

export class Batch {
  readonly done: BatchDone = { counts: {}, told: [], waiting: [], lost: [] };
  readonly tx: Transaction;
  readonly options: BatchOptions;
  readonly resolver: Resolver;
  /** What is still to be written. */
  readonly #left: Set<Unit>;
  readonly #hanging = new Map<Unit, Unit[]>();
  /** The units that were found in the database. */
  readonly met = new Set<Unit>();

  constructor(tx: Transaction, units: readonly Unit[], options: BatchOptions) {
    this.tx = tx;
    this.options = options;
    this.resolver = new Resolver(tx);
    this.#left = new Set(units);
    for (const unit of units) {
      if (!unit.owner || !('given' in unit.owner)) continue;
      const list = this.#hanging.get(unit.owner);
      if (list) list.push(unit);
      else this.#hanging.set(unit.owner, [unit]);
    }
  }

  /** The units of a model that are still to be written. */
  of(model: Model): Unit[] {
    return [...this.#left].filter((unit) => unit.model === model);
  }

  /** All that are still to be written. */
  get left(): readonly Unit[] {
    return [...this.#left];
  }

  /** Looks up all that is named. */
  async load(): Promise<void> {
    await this.resolver.load(this.left.flatMap((unit) => this.#wanted(unit)));
  }

  #wanted(unit: Unit) {
    try {
      const { owner } = unit;
      return [
        ...namesOf(unit),
        ...specOf(unit.model).refs(unit.given).map(readable),
        ...(owner && !('given' in owner) ? [{ model: owner.model, ref: { id: owner.id ?? '' } }] : []),
      ];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.drop(unit, error.message);
      return [];
    }
  }

  /** A link of this batch that has its id already. */
  expect(unit: Unit, id: string): void {
    unit.id = id;
    if (this.resolver.itself(unit.model, id)) this.met.add(unit);
    else this.resolver.make({ model: unit.model, id, status: this.statusOf(unit) });
  }

  /** What refers to something unknown waits, and so does what refers to that. */
  putOff(): void {
    for (let isStable = false; !isStable; ) {
      isStable = true;
      for (const unit of this.#left) {
        if (!this.#isMissing(unit)) continue;
        isStable = false;
        this.done.waiting.push(...this.#take(unit));
      }
    }
  }

  #isMissing({ model, given, owner }: Unit): boolean {
    if (owner && !('given' in owner) && !this.resolver.find(owner.model, { id: owner.id ?? '' })) return true;
    return specOf(model)
      .refs(given)
      .some((named) => !this.resolver.find(named.model, readable(named).ref));
  }

  /** Takes a unit out of the batch, with what hangs on it. */
  #take(unit: Unit): Unit[] {
    if (!this.#left.delete(unit)) return [];
    if (unit.id && !this.met.has(unit)) this.resolver.unmake(unit.id);
    return [unit, ...(this.#hanging.get(unit) ?? []).flatMap((each) => this.#take(each))];
  }

  /** Leaves a unit out, with what hangs on it, and tells why. */
  drop(unit: Unit, message: string, kind: Told['kind'] = 'problem', path: readonly (string | number)[] = []): void {
    this.done.told.push({ ...problemOf(unit, message, path), kind, ...(this.met.has(unit) && unit.id ? { record: unit.id } : {}) });
    for (const each of this.#take(unit)) tally(this.done.counts, each.model, 'skipped');
  }

  /** The status that a unit has in the end, as far as it is new. */
  statusOf({ given }: Unit): RecordStatus {
    return given.status ?? this.options.status;
  }

  ownerOf({ owner }: Unit): Owner | undefined {
    return owner && { model: owner.model, ...(owner.id === undefined ? {} : { id: owner.id }) };
  }
}
