import { parseEdtf } from '../edtf.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { RecordStatus } from '../generated/prisma/enums.ts';
import { parseLanguage } from '../language.ts';
import { BrokenRule, type Path, type RuleCode } from './rule.ts';

// From what someone wrote to what the columns hold.

/** A transaction that a write is part of. */
export type Transaction = Prisma.TransactionClient;

/** A value that may be absent, in any way of saying so. */
export type Optional<T> = T | null | undefined;

/** What every record may be given: its id, when it is known before, and its status. */
export interface RecordInput {
  /** A UUID of version 7; one is made when it is absent. */
  id?: string;
  /** Whoever gives it sees to it that what is published depends on nothing that is not; `publish` does. */
  status?: RecordStatus;
}

/** What is to be changed: absent leaves a value as it is, null clears it. */
export type Changes<Fields> = { [Name in keyof Fields]?: Fields[Name] | null };

/** The fields as they are to be after a change. */
export function changed<Fields extends object>(current: Fields, changes: Changes<Fields>): Fields {
  const given = Object.entries(changes).filter(([name, value]) => value !== undefined && name in current);
  return { ...current, ...Object.fromEntries(given) };
}

/** A text by BCP 47 language. */
export type LocalizedInput = Readonly<Record<string, string>>;

/** A person or an organization, by its UUID. */
export type ActorInput = { person: string } | { organization: string };

/**
 * The three columns of a date: as written, and its instants.
 * @param column the column with the date as written, which is also its place in the input.
 * @param prefix what the names of the other two start with; empty for `earliest` and `latest`.
 * @param path the place of the column in a larger input.
 * @throws {BrokenRule} when it isn't EDTF.
 */
export function dated<Column extends string, Prefix extends string>(column: Column, prefix: Prefix, date: Optional<string>, ...path: Path) {
  const value =
    date == null ? { edtf: null, earliest: null, latest: null } : checked('INVALID_DATE', () => parseEdtf(date), ...path, column);
  const name = (suffix: string) => (prefix ? `${prefix}${suffix}` : suffix.toLowerCase());
  return { [column]: value.edtf, [name('Earliest')]: value.earliest, [name('Latest')]: value.latest } as Record<Column, string | null> &
    Record<DatedColumns<Prefix>, Date | null>;
}

type DatedColumns<Prefix extends string> = Prefix extends '' ? 'earliest' | 'latest' : `${Prefix}Earliest` | `${Prefix}Latest`;

/**
 * @throws {BrokenRule} when the end is before the start, as far as both are known.
 */
export function inOrder(start: Date | null, end: Date | null, ...path: Path): void {
  if (start && end && end < start) throw new BrokenRule('END_BEFORE_START', 'The end is before the start.', path);
}

/**
 * A language tag in its canonical form; null when there is none.
 * @throws {BrokenRule} when it isn't BCP 47.
 */
export function language(tag: string, ...path: Path): string;
export function language(tag: Optional<string>, ...path: Path): string | null;
export function language(tag: Optional<string>, ...path: Path): string | null {
  return tag == null ? null : checked('INVALID_LANGUAGE', () => parseLanguage(tag), ...path);
}

/**
 * A text by language, with canonical language tags.
 * @throws {BrokenRule} when a language isn't BCP 47, or a text is empty.
 */
export function localized(texts: LocalizedInput, ...path: Path): Record<string, string> {
  const entries = Object.entries(texts ?? {});
  if (entries.length === 0) throw new BrokenRule('REQUIRED', 'Give the text in one language at least.', path);
  return Object.fromEntries(entries.map(([tag, text]) => [language(tag, ...path, tag), worded(text, ...path, tag)]));
}

/** The columns of a person or an organization, under the names that a link gives them. */
export function actor(input: Optional<ActorInput>): { personId: string | null; organizationId: string | null } {
  return {
    personId: input && 'person' in input ? input.person : null,
    organizationId: input && 'organization' in input ? input.organization : null,
  };
}

/** The person or organization of these columns, the other way round. */
export function actorOf(personId: string | null, organizationId: string | null): ActorInput | null {
  if (personId !== null) return { person: personId };
  return organizationId === null ? null : { organization: organizationId };
}

/**
 * A text that says something.
 * @throws {BrokenRule} when it is absent, empty or blank.
 */
export function worded(text: Optional<string>, ...path: Path): string {
  if (text == null) throw new BrokenRule('REQUIRED', 'This can’t be absent.', path);
  if (text.trim() === '') throw new BrokenRule('REQUIRED', 'The text is empty.', path);
  return text;
}

/**
 * A value that has to be there.
 * @throws {BrokenRule} when it is absent.
 */
export function required<T>(value: Optional<T>, ...path: Path): T {
  if (value == null) throw new BrokenRule('REQUIRED', 'This can’t be absent.', path);
  return value;
}

function checked<T>(code: RuleCode, parse: () => T, ...path: Path): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) throw new BrokenRule(code, error.message, path);
    throw error;
  }
}
