import { expect } from 'vitest';
import type { PrismaClient } from '../../src/generated/prisma/client.ts';
import { verify } from '../../src/verify/verify.ts';
import { type Trace, uuidOf } from './operation.ts';
import type { Entry } from './writer.ts';

// What has to hold after a storm.

interface Revision {
  id: bigint;
  model: string;
  rowId: string;
  number: number | null;
  action: string;
  by: string | null;
  after: Record<string, unknown> | null;
  transaction: string;
}

/** The revisions of a database, found by what they say. */
class History {
  readonly #byTrace = new Map<string, Revision[]>();

  static async read(prisma: PrismaClient): Promise<History> {
    return new History(
      await prisma.$queryRaw<Revision[]>`
        SELECT id, "model", "rowId"::text, "number", "action"::text, "by", "after", "transaction"::text FROM history.revision ORDER BY id`,
    );
  }

  constructor(revisions: readonly Revision[]) {
    for (const revision of revisions) {
      const { model, action, rowId } = revision;
      this.#put({ model, action: action as Trace['action'], row: rowId }, revision);
      for (const [column, value] of Object.entries(revision.after ?? {})) {
        if (value === null) continue;
        this.#put({ model, action: action as Trace['action'], column, value }, revision);
        this.#put({ model, action: action as Trace['action'], column, value, row: rowId }, revision);
      }
    }
  }

  #put(trace: Trace, revision: Revision): void {
    const key = keyOf(trace);
    const list = this.#byTrace.get(key);
    if (list) list.push(revision);
    else this.#byTrace.set(key, [revision]);
  }

  find(trace: Trace): Revision[] {
    return this.#byTrace.get(keyOf(trace)) ?? [];
  }
}

const keyOf = ({ model, action, column, value, row }: Trace) => JSON.stringify([model, action, column, value, row]);

/**
 * Compares what the writers were told with what the database has: what was acknowledged is there, with the
 * value that was sent; what was refused is not; and what nobody knows of is there whole or not at all.
 * @returns what is wrong, a line each.
 */
export async function compare(prisma: PrismaClient, journal: readonly Entry[], account: string): Promise<string[]> {
  const history = await History.read(prisma);
  return journal.flatMap((entry) => differences(history, entry, account));
}

function differences(history: History, entry: Entry, account: string): string[] {
  const told = `${entry.mutation} ${entry.word} (${entry.outcome})`;
  const traces = entry.traces.flatMap(({ isAnswered, ...trace }) =>
    isAnswered ? (entry.record ? [{ ...trace, row: uuidOf(entry.record.id) }] : []) : [trace],
  );
  const found = traces.map((trace) => history.find(trace));
  const there = found.filter((revisions) => revisions.length > 0);
  if (entry.outcome === 'DONE') {
    const missing = traces.filter((_trace, i) => found[i]?.length === 0);
    if (missing.length > 0) return [`${told} lacks ${JSON.stringify(missing)}.`];
    return entry.isUnique ? [...together(told, there, account), ...numbered(told, entry, there)] : [];
  }
  if (!entry.isUnique) return [];
  if (entry.outcome === 'REFUSED') return there.length === 0 ? [] : [`${told} was done.`];
  if (there.length !== 0 && there.length !== traces.length) return [`${told} was done in part: ${there.length} of ${traces.length}.`];
  return together(told, there, account);
}

/** What one mutation does is one transaction, of the one who sent it. */
function together(told: string, found: readonly Revision[][], account: string): string[] {
  const first = found.map(([revision]) => revision);
  if (new Set(first.map((revision) => revision?.transaction)).size > 1) return [`${told} was done in several transactions.`];
  const others = first.filter((revision) => revision?.by !== account);
  return others.length > 0 ? [`${told} was done by ${others.map((revision) => revision?.by)}.`] : [];
}

/** A change that was made for a revision is the next one; the answer may know of later ones. */
function numbered(told: string, { input, record }: Entry, found: readonly Revision[][]): string[] {
  const numbers = found.map(([revision]) => revision?.number ?? 0);
  const { expectedRevision } = input;
  if (typeof expectedRevision === 'number' && numbers.some((number) => number !== expectedRevision + 1)) {
    return [`${told} has the number ${numbers}, and was made for ${expectedRevision}.`];
  }
  const [own = 0] = numbers;
  return record && record.revision < own ? [`${told} was answered with revision ${record.revision}, and is ${own}.`] : [];
}

/** Fails unless the record is sound and has all that was acknowledged. */
export async function expectWhole(prisma: PrismaClient, journal: readonly Entry[], account: string): Promise<void> {
  expect((await compare(prisma, journal, account)).slice(0, 20), 'What the writers were told').toEqual([]);
  const { findings } = await verify(prisma);
  expect(findings.slice(0, 20), `${findings.length} findings of verify`).toEqual([]);
}

/** How many there are of each, the most first. */
export function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([word, count]) => `${count} ${word}`)
    .join(', ');
}
