/** How many names are held: with their ids, some 30 MB. */
const standardLimit = 200_000;

/**
 * The names of records that a writer has seen, for people who read references: the first ones, since those that others
 * refer to come first. Of a record whose name isn't held, its id is all that is said.
 */
export class NamesSeen {
  readonly #names = new Map<string, string>();
  readonly #limit: number;

  constructor(limit = standardLimit) {
    this.#limit = limit;
  }

  see(id: string | undefined, name: string | undefined): void {
    if (id !== undefined && name !== undefined && this.#names.size < this.#limit) this.#names.set(id, name);
  }

  of(id: string | undefined): string | undefined {
    return id === undefined ? undefined : this.#names.get(id);
  }
}
