import type { Random } from '../support/chance.ts';

/** A record or a part of one, as a writer last heard of it. */
export interface Known {
  /** Its id in GraphQL. */
  id: string;
  /** The number of its revision, or of that of the record that it is a part of. */
  revision: number;
  /** What it goes with, such as the document of an appearance, or the membership that is a statement's capacity. */
  with: Record<string, string>;
}

/** What the writers of a storm know of, by its kind; they share it, so that they get into each other's way. */
export class Pool {
  readonly #known = new Map<string, Known[]>();

  add(kind: string, id: string, revision = 1, others: Record<string, string> = {}): void {
    const list = this.#known.get(kind) ?? [];
    this.#known.set(kind, list);
    const known = list.find((each) => each.id === id);
    if (known) {
      known.revision = Math.max(known.revision, revision);
      Object.assign(known.with, others);
    } else list.push({ id, revision, with: others });
  }

  remove(kind: string, id: string): void {
    const list = this.#known.get(kind) ?? [];
    const at = list.findIndex((known) => known.id === id);
    // The first ones are what many things hang on; the last takes the place.
    if (at !== -1) list.splice(at, 1);
  }

  /** One of a kind, if there is one: often one of the first two. */
  pick(r: Random, kind: string): Known | undefined {
    const list = this.#known.get(kind);
    return list && list.length > 0 ? r.favourite(list) : undefined;
  }
}
