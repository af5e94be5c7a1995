import type { PrismaClient } from '../generated/prisma/client.ts';
import type { Change } from './change.ts';
import type { Place } from './cursor.ts';
import { readMerged } from './read.ts';

/** Some records, and those that they are merged into as the changes go by. */
export class Followed {
  readonly #ids: readonly string[];
  /** What is followed, each with what it is merged into. */
  #leads: Map<string, string | undefined>;

  private constructor(ids: readonly string[], leads: ReadonlyMap<string, string>) {
    this.#ids = ids;
    this.#leads = new Map();
    this.#gather(leads);
  }

  /** As of a place. */
  static async at(prisma: PrismaClient, ids: readonly string[], place: Place): Promise<Followed> {
    const leads = new Map<string, string>();
    for (let further = ids; further.length > 0; ) {
      const found = await readMerged(prisma, further, place);
      for (const [id, survivor] of found) leads.set(id, survivor);
      further = [...found.values()].filter((id) => !leads.has(id));
    }
    return new Followed(ids, leads);
  }

  /** Whether a change is of one of them. It is asked of each in order, and so learns of merges. */
  has({ recordId, before, after, mergedInto }: Change): boolean {
    if (!this.#leads.has(recordId)) return false;
    const lead = mergedInto ?? undefined;
    if (lead || (before === 'MERGED' && after !== 'MERGED')) this.#gather(new Map(this.#leads).set(recordId, lead));
    return true;
  }

  #gather(leads: ReadonlyMap<string, string | undefined>): void {
    this.#leads = new Map();
    for (let id of this.#ids as (string | undefined)[]) {
      while (id !== undefined && !this.#leads.has(id)) {
        const lead = leads.get(id);
        this.#leads.set(id, lead);
        id = lead;
      }
    }
  }
}
