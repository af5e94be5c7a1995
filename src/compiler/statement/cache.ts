/** Keeps what was last used, up to a number and a size. */
export class Cache<Value> {
  readonly #kept = new Map<string, { value: Value; size: number }>();
  readonly #most: number;
  readonly #mostSize: number;
  #size = 0;

  /** @param mostSize how large the values may be together, in the units of `set`. */
  constructor(most: number, mostSize: number) {
    this.#most = most;
    this.#mostSize = mostSize;
  }

  get count(): number {
    return this.#kept.size;
  }

  get(key: string): Value | undefined {
    const entry = this.#kept.get(key);
    if (entry === undefined) return undefined;
    // A map keeps the order in which keys came.
    this.#kept.delete(key);
    this.#kept.set(key, entry);
    return entry.value;
  }

  /** Keeps a value whose key isn't there yet, and lets go of those that weren't used for longest. */
  set(key: string, value: Value, size: number): void {
    this.#kept.set(key, { value, size });
    this.#size += size;
    for (const [oldest, entry] of this.#kept) {
      if (this.#kept.size <= this.#most && this.#size <= this.#mostSize) break;
      this.#kept.delete(oldest);
      this.#size -= entry.size;
    }
  }
}
