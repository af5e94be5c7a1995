import type { Kind } from './kinds.ts';

/** How many entities are held: with their ids, some 100 MB. */
const standardLimit = 1_000_000;
/** How many offices. */
const officeLimit = 100_000;

/** An item that is no record, such as the office that somebody holds. */
export interface Office {
  label?: string;
  /** The organization that it heads, or is part of. */
  organization?: string;
}

/**
 * What is in a source, known before the first record is given: records name others that come later. In a source with
 * more entities than the limit, those beyond it are taken for missing.
 */
export class Index {
  readonly #types = new Map<string, Kind['type']>();
  readonly #offices = new Map<string, Office>();
  readonly #limit: number;

  constructor(limit = standardLimit) {
    this.#limit = limit;
  }

  add(id: string, type: Kind['type'], office: Office): void {
    if (type === 'other') {
      if (this.#offices.size < officeLimit) this.#offices.set(id, office);
    } else if (this.#types.size < this.#limit) this.#types.set(id, type);
  }

  typeOf(id: string): Kind['type'] | undefined {
    return this.#types.get(id);
  }

  officeOf(id: string | undefined): Office | undefined {
    return id === undefined ? undefined : this.#offices.get(id);
  }
}
