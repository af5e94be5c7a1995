import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-sse';
import type { Random } from '../support/chance.ts';

/** Where subscribers may connect, and as whom. */
export interface Place {
  addresses: readonly string[];
  token?: string | undefined;
  /** What is asked of each record. */
  asked: string;
}

interface Result {
  data?: { recordChanged: { cursor: string; id: string; action: string } } | null;
  errors?: { message: string; extensions?: { code?: string; after?: string } }[];
}

/** Follows all changes through one connection after the other, each of which is cut some time. */
export class Subscriber {
  /** The cursors of what it was told, in order. */
  readonly cursors: string[] = [];
  /** How often it was cut off, was told to resume, and lost its connection by itself. */
  readonly ends = { cut: 0, resume: 0, lost: 0 };
  /** What it should never hear. */
  readonly complaints: string[] = [];
  #after: string;
  #last = '';
  #isOver = false;
  #stop = () => {};
  readonly #place: Place;
  readonly #r: Random;

  constructor(place: Place, after: string, r: Random) {
    this.#place = place;
    this.#after = after;
    this.#r = r;
  }

  /** Whether the last that it heard of is this record. */
  isAt(id: string): boolean {
    return this.#last === id;
  }

  /** Subscribes again and again until it is told to end. */
  async run(): Promise<void> {
    while (!this.#isOver) {
      const cutAfter = this.#r.below(400) + 1;
      const late = setTimeout(() => this.#cut(), 1_000 + this.#r.below(20_000));
      await this.#listen(cutAfter);
      clearTimeout(late);
      if (!this.#isOver) await sleep(this.#r.below(200));
    }
  }

  /** Ends it when its connection ends. */
  end(): void {
    this.#isOver = true;
  }

  #cut(): void {
    if (this.#isOver) return;
    this.ends.cut += 1;
    this.#stop();
  }

  #listen(cutAfter: number): Promise<void> {
    const { addresses, token, asked } = this.#place;
    const client = createClient({
      url: this.#r.pick(addresses),
      retryAttempts: 0,
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });
    let left = cutAfter;
    return new Promise((resolve) => {
      let isStopped = false;
      const query = `subscription ($after: String!) { recordChanged(after: $after) { cursor id action ${asked} } }`;
      const stop = client.subscribe(
        { query, variables: { after: this.#after } },
        {
          next: (result) => {
            if (isStopped) return;
            this.#take(result as Result);
            left -= 1;
            if (left === 0) this.#cut();
          },
          error: () => {
            this.ends.lost += 1;
            resolve();
          },
          complete: resolve,
        },
      );
      this.#stop = () => {
        isStopped = true;
        stop();
        resolve();
      };
    });
  }

  #take({ data, errors = [] }: Result): void {
    const { code, after } = errors[0]?.extensions ?? {};
    if (data) {
      const { cursor, id } = data.recordChanged;
      this.cursors.push(cursor);
      this.#after = cursor;
      this.#last = id;
    }
    if (code === 'RESUME' && !data) {
      this.ends.resume += 1;
      if (after) this.#after = after;
    } else if (code === 'INTERNAL_ERROR' && !data) {
      // Nothing could be begun while the database was away.
      this.ends.lost += 1;
    } else if (errors.length > 0) {
      this.complaints.push(`${code}: ${errors[0]?.message}`);
    }
  }
}
