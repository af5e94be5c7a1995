import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { Change } from './change.ts';
import { compare, type Place } from './cursor.ts';
import { Gate } from './gate.ts';
import { readChanges, readEnd } from './read.ts';

export interface ChangesOptions {
  /** How many changes are kept for those who follow them. */
  kept: number;
  /** How often to look without being told, in milliseconds. */
  every?: number;
}

/** Where a change may be notified, as the migration `commits` has it. */
const channel = 'verbatim';

/** How many changes are read at once. */
const pageSize = 500;

/** Milliseconds until a database that did not answer is asked again. */
const patience = 500;

/**
 * The changes of the record as they are committed: read once for all subscribers of this process, while there
 * are any. The latest are kept, so that each takes them at its own pace; what came before is in the database.
 */
export class Changes {
  /** Counts what makes it necessary to look again at who a subscriber is. */
  tick = 0;
  /** Counts the looks at what there is. */
  version = 0;
  readonly #database: Pick<Database, 'prisma' | 'listen'>;
  readonly #log: Logger;
  readonly #kept: number;
  readonly #every: number;
  readonly #listeners = new Set<() => void>();
  /** Pages that are read for those who follow from earlier on must leave connections to others. */
  readonly #gate = new Gate(3);
  #followers = 0;
  #run: Run | undefined;

  constructor(database: Pick<Database, 'prisma' | 'listen'>, log: Logger, { kept, every = 10_000 }: ChangesOptions) {
    this.#database = database;
    this.#log = log;
    this.#kept = kept;
    this.#every = every;
  }

  /** Starts to read, for one more; the function that it returns ends that. */
  join(): () => void {
    this.#followers += 1;
    this.#run ??= this.#start();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#followers -= 1;
      if (this.#followers > 0) return;
      this.#run?.end();
      this.#run = undefined;
    };
  }

  /** The place after all that was done until now. */
  end(): Promise<Place> {
    return readEnd(this.#database.prisma);
  }

  /** Calls back when something may have changed since a version, unless the function that it returns is called before. */
  watch(version: number, listener: () => void): () => void {
    if (version !== this.version) listener();
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What is kept after a place, up to so many; undefined when what comes after it is no longer kept. */
  after(place: Place, limit: number): readonly Change[] | undefined {
    const run = this.#run;
    if (!run?.since || compare(place, run.since) < 0) return undefined;
    const { kept } = run;
    let [low, high] = [0, kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(kept[middle] as Change, place) > 0) high = middle;
      else low = middle + 1;
    }
    return kept.slice(low, low + limit);
  }

  /** What the database has after a place, up to so many: for those who were not there when it happened. */
  read(place: Place): Promise<Change[]> {
    return this.#gate.through(async () => {
      const changes = await readChanges(this.#database.prisma, place, pageSize);
      this.tick += 1;
      return changes;
    });
  }

  #start(): Run {
    const run: Run = { kept: [], since: undefined, at: undefined, isOver: false, isReading: false, isStale: false, end: () => {} };
    const look = () => this.#look(run);
    const stop = this.#database.listen(channel, (said) => {
      // What was said while nobody listened may have been that a token was revoked.
      if (said !== 'record') this.tick += 1;
      look();
    });
    const timer = setInterval(() => {
      this.tick += 1;
      look();
    }, this.#every);
    run.end = () => {
      run.isOver = true;
      clearInterval(timer);
      stop().catch((error) => this.#log.warn({ err: error }, 'the database was not told that nobody listens'));
    };
    look();
    return run;
  }

  /** Reads what there is to read. While it does, whoever calls is told by the same. */
  async #look(run: Run): Promise<void> {
    run.isStale = true;
    if (run.isReading) return;
    run.isReading = true;
    while (run.isStale && !run.isOver) {
      run.isStale = false;
      try {
        await this.#readOn(run);
      } catch (error) {
        if (run.isOver) break;
        this.#log.warn({ err: error }, 'the changes can’t be read; trying again');
        run.isStale = true;
        await sleep(patience);
      }
    }
    run.isReading = false;
  }

  async #readOn(run: Run): Promise<void> {
    const { prisma } = this.#database;
    run.at ??= await readEnd(prisma);
    run.since ??= run.at;
    for (;;) {
      const page = await readChanges(prisma, run.at, pageSize);
      if (run.isOver) return;
      const last = page.at(-1);
      if (last) {
        this.tick += 1;
        run.at = last;
        run.kept.push(...page);
        const spare = run.kept.length - this.#kept;
        if (spare > 0) run.since = run.kept.splice(0, spare).at(-1);
      }
      this.version += 1;
      for (const listener of this.#listeners) listener();
      if (page.length < pageSize) return;
    }
  }
}

/** From the first subscriber to the last. */
interface Run {
  kept: Change[];
  /** What is kept comes after this; undefined until the database was asked. */
  since: Place | undefined;
  /** Up to where it was read. */
  at: Place | undefined;
  isOver: boolean;
  isReading: boolean;
  /** Whether there may be more. */
  isStale: boolean;
  end(): void;
}
