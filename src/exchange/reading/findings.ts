import type { Entry } from '../format.ts';
import type { ExchangeRecord } from '../record.ts';
import type { Where } from '../unreadable.ts';
import { LeftNames } from './left-names.ts';

/** What a reader found and has not given away yet. What was left is counted by name, and given at the end. */
export class Findings {
  readonly #names = new LeftNames();
  readonly #left = new Map<string, number>();
  #entries: Entry[] = [];

  record(at: Where, record: ExchangeRecord): void {
    this.#entries.push({ at, record });
  }

  problem(at: Where, problem: string): void {
    this.#entries.push({ at, problem });
  }

  /** Counts what the model has no room for, such as `persons.image`. */
  left(kind: string, property: string, count = 1): void {
    if (count === 0) return;
    const name = this.#names.of(kind, property);
    this.#left.set(name, (this.#left.get(name) ?? 0) + count);
  }

  given(): Entry[] {
    return this.#entries.splice(0);
  }

  /** What was left, with the file in which it stands. */
  counts(file: string): Entry[] {
    const counts = [...this.#left].map(([left, count]) => ({ at: { file }, left, count }));
    this.#left.clear();
    return counts;
  }
}
