import type { Random } from '../support/chance.ts';
import type { Pool } from './pool.ts';

export type Input = Record<string, unknown>;
export type Answer = Record<string, unknown> & { id: string; revision: number };

/** A row of the history that a mutation leaves when it is done. */
export interface Trace {
  /** The model of the row that changes. */
  model: string;
  action: 'CREATE' | 'UPDATE' | 'DELETE';
  /** A column and what it becomes. */
  column?: string;
  value?: unknown;
  /** The row's UUID, where it is known before. */
  row?: string;
  /** Whether it is the row of the record that is answered. */
  isAnswered?: boolean;
}

/** A mutation that a writer is about to send. */
export interface Operation {
  mutation: string;
  input: Input;
  /** What it leaves in the history, all of it or nothing. */
  traces: Trace[];
  /** Whether nothing else leaves the same traces: they hold a value of its own. */
  isUnique: boolean;
  /** What is asked of the record beside its id and revision. */
  asks?: string;
  /** Tells the pool what came of it. */
  learn?(record: Answer): void;
}

/** What an operation is made from. */
export interface Draw {
  r: Random;
  pool: Pool;
  /** A word that stands in nothing else. */
  word: string;
}

/** Makes an operation, if there is anything to do it to. */
export type Make = (draw: Draw) => Operation | undefined;

export const uuidOf = (id: string): string => Buffer.from(id, 'base64').toString().split(':')[1] ?? '';
export const modelOf = (id: string): string => Buffer.from(id, 'base64').toString().split(':')[0] ?? '';
