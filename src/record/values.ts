import { parseEdtf } from '../edtf.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { NameKind, RecordStatus } from '../generated/prisma/enums.ts';
import { parseLanguage } from '../language.ts';
import { BrokenRule } from './rule.ts';

// From what someone wrote to what the columns hold.

/** A transaction that a write is part of. */
export type Transaction = Prisma.TransactionClient;

/** What every record may be given: its id, when it is known before, and its status. */
export interface RecordInput {
  /** A UUID of version 7; one is made when it is absent. */
  id?: string;
  status?: RecordStatus;
}

/** A text by BCP 47 language. */
export type LocalizedInput = Readonly<Record<string, string>>;

/** A person or an organization, by its UUID. */
export type ActorInput = { person: string } | { organization: string };

export interface NameInput {
  name: string;
  kind: NameKind;
  language?: string;
  /** ISO 15924. */
  script?: string;
  /** EDTF. */
  startDate?: string;
  /** EDTF. */
  endDate?: string;
}

export interface IdentifierInput {
  scheme: string;
  value: string;
}

/**
 * The three columns of a date: as written, and its instants.
 * @param column the column with the date as written, which is also its place in the input.
 * @param prefix what the names of the other two start with; empty for `earliest` and `latest`.
 * @throws {BrokenRule} when it isn't EDTF.
 */
export function dated<Column extends string, Prefix extends string>(column: Column, prefix: Prefix, date: string | undefined) {
  const value = date === undefined ? { edtf: null, earliest: null, latest: null } : checked(() => parseEdtf(date), column);
  const name = (suffix: string) => (prefix ? `${prefix}${suffix}` : suffix.toLowerCase());
  return { [column]: value.edtf, [name('Earliest')]: value.earliest, [name('Latest')]: value.latest } as Record<Column, string | null> &
    Record<DatedColumns<Prefix>, Date | null>;
}

type DatedColumns<Prefix extends string> = Prefix extends '' ? 'earliest' | 'latest' : `${Prefix}Earliest` | `${Prefix}Latest`;

/**
 * @throws {BrokenRule} when the end is before the start, as far as both are known.
 */
export function inOrder(start: Date | null, end: Date | null, ...path: (string | number)[]): void {
  if (start && end && end < start) throw new BrokenRule('The end is before the start.', path);
}

/**
 * A language tag in its canonical form; undefined stays so.
 * @throws {BrokenRule} when it isn't BCP 47.
 */
export function language(tag: string, ...path: (string | number)[]): string;
export function language(tag: string | undefined, ...path: (string | number)[]): string | undefined;
export function language(tag: string | undefined, ...path: (string | number)[]): string | undefined {
  return tag === undefined ? undefined : checked(() => parseLanguage(tag), ...path);
}

/**
 * A text by language, with canonical language tags.
 * @throws {BrokenRule} when a language isn't BCP 47, or a text is empty.
 */
export function localized(texts: LocalizedInput, path: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([tag, text]) => {
      return [language(tag, path, tag), worded(text, path, tag)];
    }),
  );
}

/** The columns of a person or an organization, under the names that a link gives them. */
export function actor(input: ActorInput | undefined): { personId: string | null; organizationId: string | null } {
  return {
    personId: input && 'person' in input ? input.person : null,
    organizationId: input && 'organization' in input ? input.organization : null,
  };
}

/**
 * A text that says something.
 * @throws {BrokenRule} when it is empty or blank.
 */
export function worded(text: string, ...path: (string | number)[]): string {
  if (text.trim() === '') throw new BrokenRule('The text is empty.', path);
  return text;
}

/** Other names, to be created with their record. */
export function names(inputs: readonly NameInput[] = [], path = 'names') {
  return {
    create: inputs.map((input, i) => {
      const { startDate, startEarliest } = dated('startDate', 'start', input.startDate);
      const { endDate, endLatest } = dated('endDate', 'end', input.endDate);
      inOrder(startEarliest, endLatest, path, i, 'endDate');
      return {
        ...input,
        name: worded(input.name, path, i, 'name'),
        language: language(input.language, path, i, 'language'),
        startDate,
        endDate,
      };
    }),
  };
}

/** Identifiers, to be created with their record. */
export function identifiers(inputs: readonly IdentifierInput[] = []) {
  return { create: [...inputs] };
}

function checked<T>(parse: () => T, ...path: (string | number)[]): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) throw new BrokenRule(error.message, path);
    throw error;
  }
}
