/** Counts, by name: what a writer did not carry. */
export class Tally {
  readonly counts = new Map<string, number>();

  add(name: string, count = 1): void {
    if (count > 0) this.counts.set(name, (this.counts.get(name) ?? 0) + count);
  }

  /** Counts what is there: a value, or each of a list. */
  has(name: string, value: unknown): void {
    if (Array.isArray(value)) this.add(name, value.length);
    else if (value !== undefined) this.add(name);
  }
}
