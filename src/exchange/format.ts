import type { ExchangeRecord } from './record.ts';
import type { Source } from './source.ts';
import type { Where } from './unreadable.ts';

// What a format is: one file (or folder) of src/exchange, with a reader, a writer, or both.

/** What a reader finds, one after the other, in the order of the source. */
export type Entry =
  /** A record with its links. Those that it refers to may come later, or be in the database already. */
  | { at: Where; record: ExchangeRecord }
  /** Something that is wrong: it is told and left out, and what follows is read. */
  | { at: Where; problem: string }
  /** Something that the model has no room for, how often: it is counted under this name. */
  | { at: Where; left: string; count: number };

/** What a person may say of how to read. */
export interface ReadOptions {
  /** ParlaMint: what becomes a statement. */
  by: 'speech' | 'paragraph';
  /** The scheme of identifiers that are unique in their source only. */
  scheme?: string;
  /** The language of what says none, as BCP 47. */
  language?: string;
}

/** Writes records, in the order in which they come: places, organizations, people, documents, events, statements. */
export interface Output {
  /** Writes to the only file of the format, or to one of its files. Waits until it is written. */
  write(text: string, file?: string): Promise<void>;
}

export interface Format {
  /** As it is named on the command line. */
  name: string;
  /** One line for people. */
  description: string;
  /** Whether a source speaks of more than it holds: links to what is neither there nor in the record are counted, not told. */
  isPartial?: boolean;
  /** How often its reader goes through a source; once, if it isn't given. */
  passes?: number;
  /**
   * Reads records in bounded memory, however large the source.
   * @throws {Unreadable} when the rest can't be read.
   */
  read?(source: Source, options: ReadOptions): AsyncIterable<Entry>;
  /** Writes records in bounded memory, however many. What it does not carry is counted in the result, by name. */
  write?(records: AsyncIterable<ExchangeRecord>, output: Output): Promise<ReadonlyMap<string, number>>;
  /** Its files, when it writes several: `--out` is a folder then. */
  files?: readonly string[];
}
