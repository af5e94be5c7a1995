import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from './pool.ts';
import { seed } from './settings.ts';
import { type Endpoint, type Entry, firstMakes, Writer } from './writer.ts';

/** Some writers on one database, through one or several runs of the program. */
export class Storm {
  readonly pool = new Pool();
  readonly #writers: Writer[];
  readonly #first: Writer;

  /**
   * @param count how many write at once.
   * @param name tells it from other storms on the same database.
   */
  constructor(count: number, from = seed, name = '') {
    this.#first = new Writer(`${name}first`, from, this.pool);
    this.#writers = Array.from({ length: count }, (_, i) => new Writer(`${name}w${i}`, from + 1 + i, this.pool));
  }

  /** Makes what there is to change, one after the other. */
  async begin(endpoint: Endpoint): Promise<void> {
    for (const make of [...firstMakes, ...firstMakes]) {
      const { outcome, codes, mutation } = await this.#first.write(endpoint, make);
      if (outcome !== 'DONE') throw new Error(`The storm can't begin: ${mutation} ${codes}`);
    }
  }

  /** Lets each writer make so many mutations, one after the other. */
  async blow(endpoint: Endpoint, mutations: number): Promise<void> {
    await Promise.all(
      this.#writers.map(async (writer) => {
        for (let i = 0; i < mutations; i++) await writer.write(endpoint);
      }),
    );
  }

  /** Lets the writers write until they are told to stop; resolves when all of them have. */
  async blowUntil(endpoint: Endpoint, { isOver }: { isOver(): boolean }): Promise<void> {
    await Promise.all(
      this.#writers.map(async (writer) => {
        while (!isOver()) {
          const { outcome } = await writer.write(endpoint);
          // Who gets no answer doesn't ask again at once.
          if (outcome === 'UNKNOWN') await sleep(100);
        }
      }),
    );
  }

  /** How many mutations were acknowledged. */
  done(): number {
    return this.journal().filter(({ outcome }) => outcome === 'DONE').length;
  }

  /** All that was sent, by all writers. */
  journal(): Entry[] {
    return [this.#first, ...this.#writers].flatMap(({ journal }) => journal);
  }
}
