import type { Entry } from '../format.ts';
import type { Where } from '../unreadable.ts';

/** What a reader has to say beside its records: problems, and what is left out, counted. */
export class Notes {
  #problems: Entry[] = [];
  #left = new Map<string, { at: Where; left: string; count: number }>();

  problem(at: Where, problem: string): void {
    this.#problems.push({ at, problem });
  }

  left(at: Where, left: string, count = 1): void {
    const entry = this.#left.get(left);
    if (entry) entry.count += count;
    else if (count > 0) this.#left.set(left, { at, left, count });
  }

  /** The problems since they were last asked for. */
  problems(): Entry[] {
    return this.#problems.splice(0);
  }

  /** The problems, and what was counted, since they were last asked for. */
  all(): Entry[] {
    const left = [...this.#left.values()];
    this.#left.clear();
    return [...this.problems(), ...left];
  }
}
