import type { z } from 'zod';
import { parseEdtf } from '../../edtf.ts';
import type { Where } from '../unreadable.ts';
import type { Findings } from './findings.ts';

/**
 * An object of a source, read field by field: a field of a wrong type is a problem of its own and leaves the rest as it
 * is, and one that nobody asked for is counted as left. Null, empty texts and empty lists say nothing.
 */
export class Fields {
  readonly at: Where;
  readonly #kind: string;
  readonly #value: object;
  readonly #findings: Findings;
  readonly #asked = new Set<string>();

  /** @param kind what the object is, in messages and counts, such as `persons`. */
  constructor(value: object, kind: string, at: Where, findings: Findings) {
    this.at = at;
    this.#kind = kind;
    this.#value = value;
    this.#findings = findings;
  }

  /** The value of a field, if it has one that fits. */
  take<T>(name: string, schema: z.ZodType<T>): T | undefined {
    this.#asked.add(name);
    const value = this.#own(name);
    if (isNothing(value)) return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return isNothing(parsed.data) ? undefined : parsed.data;
    const [issue] = parsed.error.issues;
    const path = [this.#kind, name, ...(issue?.path ?? [])].join('.');
    this.#findings.problem(this.at, `${path} can’t be read, and was left out: ${issue?.message ?? 'it is of another type'}.`);
    return undefined;
  }

  /** A date that the record can keep. */
  date(name: string, schema: z.ZodType<string>): string | undefined {
    const text = this.take(name, schema);
    if (text === undefined) return text;
    try {
      return parseEdtf(text).edtf;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#findings.problem(this.at, `${this.#kind}.${name} was left out: ${error.message}`);
      return undefined;
    }
  }

  /** Counts a field as left, if it says something. */
  leave(name: string): void {
    this.#asked.add(name);
    if (!isNothing(this.#own(name))) this.#findings.left(this.#kind, name);
  }

  /** Counts the fields that nobody asked for. */
  leaveRest(): void {
    for (const name of Object.keys(this.#value)) {
      if (!this.#asked.has(name)) this.leave(name);
    }
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.#value, name) ? (this.#value as Record<string, unknown>)[name] : undefined;
  }
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0)
  );
}

/** The object's fields without those that are undefined, which is what a record has. */
export function present<T extends object>(fields: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** What a table has for a word of a source; nothing for words such as `constructor`, which every object has. */
export function lookUp<T>(table: Readonly<Record<string, T>>, word: string | undefined): T | undefined {
  return word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined;
}
