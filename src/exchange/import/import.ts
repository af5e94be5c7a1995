import type { PrismaClient } from '../../generated/prisma/client.ts';
import { inTransaction } from '../../record/transaction.ts';
import type { Transaction } from '../../record/values.ts';
import type { Format } from '../format.ts';
import { fingerprint, type Source } from '../source.ts';
import { ahead } from './ahead.ts';
import type { BatchDone, BatchOptions } from './batch.ts';
import { batchesOf, type Lines } from './batches.ts';
import { begin, finish, openBatch, type Running } from './log.ts';
import type { ImportOptions } from './options.ts';
import { accountOf } from './setter.ts';
import { add, noResult, type Result, type Told, tally } from './told.ts';
import { unitsOf } from './unit.ts';
import { dropWaiting, keepWaiting, missingOf, someWaiting } from './waiting.ts';
import { writeBatch } from './write-batch.ts';

// An import, from its source to the record: batch by batch, each of them a transaction that also says how far
// the source was read, so that whatever stops it, the next run goes on from there.

export interface Observer {
  /** Before the first record is read. */
  began?(): void;
  /** Something that was left out or kept. */
  told?(told: Told): void;
  /** After each batch. */
  progress?(result: Result): void;
}

export interface Imported {
  /** Null when nothing was kept. */
  id: string | null;
  result: Result;
  /** Whether it went on where an earlier run had stopped. */
  isResumed: boolean;
  /** Why it ended before the end of the source. */
  stopped?: 'problem' | 'errors' | 'signal';
}

/** As long as it takes. */
const patience = { timeout: 7 * 24 * 3_600_000 };

/** How many of those that wait are tried at once. */
const waitingAtOnce = 500;

/** Gives up a transaction. */
class GivenUp extends Error {
  readonly imported: Imported;
  constructor(imported: Imported) {
    super('The import was taken back.');
    this.imported = imported;
  }
}

/**
 * Brings what a source holds into the record.
 * @throws {Refusal} when another process does the same at this moment.
 */
export async function importFrom(
  prisma: PrismaClient,
  format: Format,
  source: Source,
  options: ImportOptions,
  observer: Observer = {},
): Promise<Imported> {
  const sha256 = await fingerprint(source);
  const running = await begin(prisma, format.name, source.name, sha256, options);
  observer.began?.();
  const run = new Run(format, source, options, observer, running);
  if (!options.isDryRun && !options.isStrict) return run.inBatches(prisma);
  try {
    return await inTransaction(prisma, accountOf(running.id), (tx) => run.atOnce(tx), patience);
  } catch (error) {
    if (error instanceof GivenUp) return error.imported;
    throw error;
  }
}

class Run {
  readonly #format: Format;
  readonly #source: Source;
  readonly #options: ImportOptions;
  readonly #observer: Observer;
  readonly #running: Running;
  #result: Result;
  readonly #lost = new Set<string>();

  constructor(format: Format, source: Source, options: ImportOptions, observer: Observer, running: Running) {
    this.#format = format;
    this.#source = source;
    this.#options = options;
    this.#observer = observer;
    this.#running = running;
    this.#result = running.result;
  }

  get #batchOptions(): BatchOptions {
    return { format: this.#format.name, status: this.#options.status ?? 'DRAFT', isStatusGiven: this.#options.status !== undefined };
  }

  #lines(): AsyncGenerator<Lines> {
    if (!this.#format.read) throw new Error('The format is not read.');
    return batchesOf(this.#format.read(this.#source, this.#options.read), this.#running.position);
  }

  #imported(stopped?: Imported['stopped']): Imported {
    const { id, isResumed } = this.#running;
    return { id, result: this.#result, isResumed, ...(stopped ? { stopped } : {}) };
  }

  /** Each batch is kept by itself. */
  async inBatches(prisma: PrismaClient): Promise<Imported> {
    const stopped = await this.#all((work) => inTransaction(prisma, accountOf(this.#running.id), work, patience));
    if (!stopped) await prisma.$transaction((tx) => finish(tx, this.#running));
    return this.#imported(stopped);
  }

  /** All is kept, or nothing. */
  async atOnce(tx: Transaction): Promise<Imported> {
    // The transaction may be tried again.
    this.#result = noResult();
    const stopped = await this.#all((work) => work(tx));
    if (stopped) throw new GivenUp({ ...this.#imported(stopped), id: null });
    await finish(tx, this.#running);
    if (this.#options.isDryRun) throw new GivenUp({ ...this.#imported(), id: null });
    return this.#imported();
  }

  /**
   * Does all of it, each step in the transaction that it is given.
   * @returns why it ended before the end.
   */
  async #all(inOne: <S>(work: (tx: Transaction) => Promise<S>) => Promise<S>): Promise<Imported['stopped']> {
    const step = async <S extends Step>(work: (tx: Transaction) => Promise<S>): Promise<S> => {
      const done = await inOne(work);
      this.#result = done.result;
      for (const each of done.told) this.#observer.told?.(each);
      this.#observer.progress?.(done.result);
      return done;
    };
    for await (const lines of ahead(this.#lines())) {
      await step((tx) => this.#write(tx, lines));
      const stopped = this.#whyStop();
      if (stopped) return stopped;
    }
    for (let hasMoved = true; hasMoved; ) {
      hasMoved = false;
      for (let number = 0; number >= 0; ) {
        const done = await step((tx) => this.#retry(tx, number));
        hasMoved ||= done.hasMoved;
        number = done.next;
      }
    }
    while ((await step((tx) => this.#giveUpWaiting(tx))).hasMoved);
    if (this.#lost.size > 0) await step((tx) => this.#tellLost(tx));
    return this.#whyStop();
  }

  #whyStop(): Imported['stopped'] {
    const { isStrict, maxErrors = Number.POSITIVE_INFINITY, signal } = this.#options;
    if (isStrict && this.#result.problems > 0) return 'problem';
    if (this.#result.problems >= maxErrors) return 'errors';
    return signal?.aborted ? 'signal' : undefined;
  }

  async #write(tx: Transaction, lines: Lines): Promise<Step> {
    const units = lines.records.flatMap(({ record, at }) => unitsOf(record, at));
    return this.#inBatch(
      tx,
      async () => {
        const done = await writeBatch(tx, units, this.#batchOptions);
        await keepWaiting(tx, this.#running.id, done.waiting);
        return { ...done, told: [...lines.told, ...done.told] };
      },
      lines,
    );
  }

  /** Tries again some of those that wait. */
  async #retry(tx: Transaction, behind: number): Promise<Retried> {
    const waiting = await someWaiting(tx, this.#running.id, behind, waitingAtOnce);
    const last = waiting.at(-1);
    if (!last) return { result: this.#result, told: [], hasMoved: false, next: -1 };
    let moved: number[] = [];
    const step = await this.#inBatch(tx, async () => {
      const done = await writeBatch(
        tx,
        waiting.flatMap(({ units }) => units),
        this.#batchOptions,
      );
      const still = new Set(done.waiting);
      moved = waiting.filter(({ units: [first] }) => first && !still.has(first)).map(({ number }) => number);
      await dropWaiting(tx, this.#running.id, moved);
      // A link of one that was written may still have to wait.
      const whole = new Set(waiting.flatMap(({ units: [first] }) => (first && still.has(first) ? [first] : [])));
      await keepWaiting(
        tx,
        this.#running.id,
        done.waiting.filter((unit) => !isOf(unit, whole)),
      );
      return done;
    });
    return { ...step, hasMoved: moved.length > 0, next: last.number };
  }

  /** What waits for something that never came. */
  async #giveUpWaiting(tx: Transaction): Promise<Step & { hasMoved: boolean }> {
    const waiting = await someWaiting(tx, this.#running.id, 0, waitingAtOnce);
    const step = await this.#inBatch(tx, async () => {
      const told: Told[] = [];
      const [counts, left]: [Result['counts'], Result['left']] = [{}, {}];
      for (const { units } of waiting) {
        const [first] = units;
        if (!first) continue;
        if (this.#format.isPartial && first.path) {
          const name = `${first.model}s in what is not here`;
          left[name] = (left[name] ?? 0) + 1;
          continue;
        }
        const message = await missingOf(tx, first);
        told.push({ kind: 'problem', at: first.at, model: first.model, message: first.path ? `${first.path}.${message}` : message });
        for (const { model } of units) tally(counts, model, 'skipped');
      }
      const numbers = waiting.map(({ number }) => number);
      await dropWaiting(tx, this.#running.id, numbers);
      return { counts, told, waiting: [], lost: [], left };
    });
    return { ...step, hasMoved: waiting.length > 0 };
  }

  /** What the import quoted once from a document, and no longer does, though its new text hasn't the words. */
  async #tellLost(tx: Transaction): Promise<Step> {
    return this.#inBatch(tx, async () => {
      const rows = await tx.$queryRawUnsafe<{ exact: string; document: string }[]>(
        `SELECT s."exact", a."documentId"::text AS document FROM "Span" AS s JOIN "Appearance" AS a ON a.id = s."appearanceId"
         WHERE s.id = ANY ($1::uuid[]) AND s."start" IS NULL ORDER BY s.id`,
        [...this.#lost],
      );
      const told = rows.map(({ exact, document }): Told => {
        const message = `“${exact}”, which was imported as quoted from it, doesn’t stand in its new text. It is kept without a place.`;
        return { kind: 'conflict', at: { file: this.#source.name }, model: 'Document', record: document, message };
      });
      return { counts: {}, told, waiting: [], lost: [] };
    });
  }

  async #inBatch(tx: Transaction, work: () => Promise<BatchDone & { left?: Result['left'] }>, lines?: Lines): Promise<Step> {
    const close = await openBatch(tx, this.#running);
    const { counts, told, lost, left = lines?.left ?? {} } = await work();
    for (const id of lost) this.#lost.add(id);
    const problems = told.filter(({ kind }) => kind === 'problem').length;
    const result = add(this.#result, { counts, left, problems, conflicts: told.length - problems });
    await close(result, lines);
    return { result, told };
  }
}

interface Step {
  result: Result;
  told: Told[];
}

interface Retried extends Step {
  hasMoved: boolean;
  /** Behind which number to go on; negative at the end. */
  next: number;
}

function isOf(unit: { owner?: unknown }, whole: ReadonlySet<unknown>): boolean {
  for (let each: { owner?: unknown } | undefined = unit; each; each = each.owner as { owner?: unknown } | undefined) {
    if (whole.has(each)) return true;
  }
  return false;
}
