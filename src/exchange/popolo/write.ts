import type { Output } from '../format.ts';
import { Spool } from '../reading/spool.ts';
import type { ExchangeMembership, ExchangeRecord } from '../record.ts';
import { Tally } from '../writing/tally.ts';
import { membershipObject, objectOf, type PopoloObject } from './objects.ts';
import { ownMeta } from './read.ts';

type Section = 'areas' | 'organizations' | 'persons' | 'events';

const sections: Readonly<Partial<Record<ExchangeRecord['type'], Section>>> = {
  Place: 'areas',
  Organization: 'organizations',
  Person: 'persons',
  Event: 'events',
};

/**
 * Writes Popolo: one object with a list for each class. Memberships come with their members, and are spooled to a file
 * until the lists of these are complete.
 * @returns what Popolo doesn't carry.
 */
export async function writePopolo(records: AsyncIterable<ExchangeRecord>, output: Output): Promise<ReadonlyMap<string, number>> {
  const tally = new Tally();
  const spool = await Spool.create();
  const lists = new Lists(output);
  try {
    await output.write(`{\n"meta": ${JSON.stringify(ownMeta)}`);
    let memberships = 0;
    for await (const record of records) {
      const section = sections[record.type];
      if (!section) {
        tally.add(record.type);
        continue;
      }
      await lists.add(section, objectOf(record, tally));
      for (const each of membershipsOf(record)) {
        await spool.write(`${memberships === 0 ? '' : ',\n'}${JSON.stringify(membershipObject(record, each, tally))}`);
        memberships += 1;
      }
    }
    await lists.end();
    await output.write(',\n"memberships": [');
    if (memberships > 0) await output.write('\n');
    for await (const text of spool.text()) await output.write(text);
    await output.write(`${memberships > 0 ? '\n' : ''}],\n"posts": []\n}\n`);
  } finally {
    await spool.close();
  }
  return tally.counts;
}

function membershipsOf(record: ExchangeRecord): readonly ExchangeMembership[] {
  return record.type === 'Person' || record.type === 'Organization' ? (record.memberships ?? []) : [];
}

/** The lists, one after the other, in the order in which records come. */
class Lists {
  readonly #output: Output;
  readonly #coming: Section[] = ['areas', 'organizations', 'persons', 'events'];
  #open: Section | undefined;
  #isEmpty = true;

  constructor(output: Output) {
    this.#output = output;
  }

  /** @throws {RangeError} when the list was closed already. */
  async add(section: Section, object: PopoloObject): Promise<void> {
    while (this.#open !== section) await this.#next();
    await this.#output.write(`${this.#isEmpty ? '' : ','}\n${JSON.stringify(object)}`);
    this.#isEmpty = false;
  }

  async end(): Promise<void> {
    while (this.#coming.length > 0) await this.#next();
    await this.#close();
  }

  async #next(): Promise<void> {
    const next = this.#coming.shift();
    if (!next) throw new RangeError('Records come as places, organizations, people, documents, events, statements.');
    await this.#close();
    this.#open = next;
    this.#isEmpty = true;
    await this.#output.write(`,\n"${next}": [`);
  }

  async #close(): Promise<void> {
    if (this.#open) await this.#output.write(this.#isEmpty ? ']' : '\n]');
  }
}
