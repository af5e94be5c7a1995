import type { Where } from '../unreadable.ts';
import type { Model, Unit } from './unit.ts';

// What an import tells the person who started it.

/** Something that was left out because it is wrong, or kept as an editor made it. */
export interface Told {
  kind: 'problem' | 'conflict';
  at: Where;
  model?: Model;
  /** The record's UUID in the database, if it is there. */
  record?: string;
  message: string;
}

export type Count = 'created' | 'updated' | 'unchanged' | 'skipped';

/** How many records there were, by model. */
export type Counts = Partial<Record<Model, Partial<Record<Count, number>>>>;

/** What came of a batch, or of a whole import. */
export interface Result {
  counts: Counts;
  /** What the model has no room for, by name. */
  left: Record<string, number>;
  problems: number;
  conflicts: number;
}

export const noResult = (): Result => ({ counts: {}, left: {}, problems: 0, conflicts: 0 });

export function add(result: Result, other: Result): Result {
  const counts: Counts = structuredClone(result.counts);
  for (const [model, each] of Object.entries(other.counts) as [Model, Partial<Record<Count, number>>][]) {
    for (const [what, count] of Object.entries(each) as [Count, number][]) tally(counts, model, what, count);
  }
  const left = { ...result.left };
  for (const [name, count] of Object.entries(other.left)) left[name] = (left[name] ?? 0) + count;
  return { counts, left, problems: result.problems + other.problems, conflicts: result.conflicts + other.conflicts };
}

export function tally(counts: Counts, model: Model, what: Count, count = 1): void {
  const each = counts[model] ?? {};
  each[what] = (each[what] ?? 0) + count;
  counts[model] = each;
}

/** How many records of all models. */
export function total({ counts }: Pick<Result, 'counts'>, what: Count): number {
  return Object.values(counts).reduce((sum, each) => sum + (each?.[what] ?? 0), 0);
}

/** A problem of a unit, at its place. */
export function problemOf(unit: Unit, message: string, path: readonly (string | number)[] = []): Told {
  const place = [unit.path, pathText(path)].filter(Boolean).join('.');
  return { kind: 'problem', at: unit.at, model: unit.model, message: place ? `${place}: ${message}` : message };
}

function pathText(path: readonly (string | number)[]): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${step}`)).join('');
}
