import { builder } from '../builder.ts';
import type { Edtf } from '../edtf.ts';
import { all, everything, nothing } from './condition.ts';
import type { FilterField, Input } from './filter.ts';
import { fieldOf } from './model.ts';
import type { Query } from './page.ts';
import { uuidOf } from './reference.ts';

// What can be asked of a column, by the kind of its values.

/** An operator: its argument's type, what it says, and its Prisma condition. */
interface Operator {
  type: unknown;
  description: string;
  where(column: Column, value: unknown): Query;
}

/** How operators name the column that they are about. */
interface Column {
  name: string;
  /** The model whose ids stand there. */
  idOf?: string;
  /** The columns with the instants of an EDTF date. */
  earliest?: string;
  latest?: string;
}

/** What it asks depends on the model, see `absent`. */
const isNull: Operator = { type: 'Boolean', description: 'Whether the value is absent.', where: () => everything };

const asWritten = ({ name }: Column, value: unknown): Query => ({ [name]: value });
const amongWritten = ({ name }: Column, values: unknown): Query => ({ [name]: { in: values } });

function operators(name: string, description: string, definitions: Record<string, Operator>) {
  const ref = builder.inputRef<Input>(name).implement({
    description: `${description} All operators that are given must hold.`,
    fields: (t) =>
      Object.fromEntries(
        Object.entries(definitions).map(([key, { type, description }]) => [key, t.field({ type: type as never, description })]),
      ),
  });
  return (column: Column, description: string): FilterField => ({
    type: ref,
    description,
    where: (value, _context, model) =>
      all(
        Object.entries(value as Input)
          .filter(([, operand]) => operand != null)
          .map(([key, operand]) => {
            if (key === 'isNull') return absent(model, column.name, operand === true);
            return presently(model, column.name, definitions[key]?.where(column, operand) ?? everything);
          }),
      ),
  });
}

/**
 * A condition that is false where the column is absent. SQL would make it unknown, and the `not` of it
 * unknown too: the record would be missing from both.
 */
function presently(model: string, column: string, where: Query): Query {
  return fieldOf(model, column).isRequired ? where : all([{ [column]: { not: null } }, where]);
}

/** Whether the column is absent. Prisma refuses to ask that of one that never is. */
function absent(model: string, column: string, holds: boolean): Query {
  if (fieldOf(model, column).isRequired) return holds ? nothing : everything;
  return { [column]: holds ? null : { not: null } };
}

/** Prisma passes these on to LIKE, where they are wildcards. */
const literally = (text: unknown) => String(text).replace(/[\\%_]/g, '\\$&');

const textField = operators('TextFilter', 'A condition on a text.', {
  eq: { type: 'String', description: 'The text is this one, to the letter.', where: asWritten },
  in: { type: ['String'], description: 'The text is one of these, to the letter.', where: amongWritten },
  startsWith: {
    type: 'String',
    description: 'The text starts with this, whatever the case.',
    where: ({ name }, value) => ({ [name]: { startsWith: literally(value), mode: 'insensitive' } }),
  },
  contains: {
    type: 'String',
    description: 'The text has this in it, whatever the case.',
    where: ({ name }, value) => ({ [name]: { contains: literally(value), mode: 'insensitive' } }),
  },
  isNull,
});

const localizedField = operators('LocalizedTextFilter', 'A condition on a text that is kept in several languages.', {
  contains: {
    type: 'String',
    description: 'The text in one of its languages has this in it, whatever the case.',
    where: ({ name }, value) => ({ [name]: { contains: literally(value), mode: 'insensitive' } }),
  },
});

const languageField = operators('LanguageFilter', 'A condition on a language.', {
  eq: { type: 'Language', description: 'The language is this one, to the letter.', where: asWritten },
  in: { type: ['Language'], description: 'The language is one of these, to the letter.', where: amongWritten },
  within: {
    type: 'Language',
    description: 'The language is this one or a variety of it: `fr` holds for `fr-CA`.',
    where: ({ name }, value) => ({ OR: [{ [name]: value }, { [name]: { startsWith: `${value}-` } }] }),
  },
  isNull,
});

const idField = operators('IdFilter', 'A condition on an id.', {
  eq: { type: 'ID', description: 'The id is this one.', where: ({ name, idOf }, value) => ({ [name]: uuidOf(idOf ?? '', String(value)) }) },
  in: {
    type: ['ID'],
    description: 'The id is one of these.',
    where: ({ name, idOf }, values) => ({ [name]: { in: (values as unknown[]).map((value) => uuidOf(idOf ?? '', String(value))) } }),
  },
});

const dateField = operators('DateFilter', 'A condition on a date that may be imprecise. What has no date meets `isNull` alone.', {
  eq: { type: 'EDTF', description: 'The date is written just so.', where: ({ name }, value) => ({ [name]: (value as Edtf).edtf }) },
  in: {
    type: ['EDTF'],
    description: 'The date is written just like one of these.',
    where: ({ name }, values) => ({ [name]: { in: (values as Edtf[]).map(({ edtf }) => edtf) } }),
  },
  before: {
    type: 'EDTF',
    description: 'The date lies wholly before this one.',
    where: ({ latest = '' }, value) => compare(latest, 'lt', (value as Edtf).earliest),
  },
  after: {
    type: 'EDTF',
    description: 'The date lies wholly after this one.',
    where: ({ earliest = '' }, value) => compare(earliest, 'gt', (value as Edtf).latest),
  },
  overlaps: {
    type: 'EDTF',
    description: 'The date can be the same time as this one, as far as both are known.',
    where: ({ name, earliest = '', latest = '' }, value) => overlap({ dated: name, earliest, latest }, value as Edtf),
  },
  isNull,
});

/** Nothing lies before a side that is open. */
function compare(column: string, operator: 'lt' | 'gt', bound: Date | null): Query {
  return bound ? all([{ [column]: { not: null } }, { [column]: { [operator]: bound } }]) : nothing;
}

/** The columns of a stretch of time; `dated` is the one that tells whether there is a date at all. */
interface Stretch {
  dated?: string;
  earliest: string;
  latest: string;
}

/** A stretch of time can have an instant in common with a date; a missing bound leaves it possible. */
export function overlap({ dated, earliest, latest }: Stretch, date: Edtf): Query {
  return all([
    dated ? { [dated]: { not: null } } : everything,
    date.latest ? { OR: [{ [earliest]: null }, { [earliest]: { lte: date.latest } }] } : everything,
    date.earliest ? { OR: [{ [latest]: null }, { [latest]: { gte: date.earliest } }] } : everything,
  ]);
}

const numberField = operators('NumberFilter', 'A condition on a number.', {
  eq: { type: 'Float', description: 'The number is this one.', where: asWritten },
  lt: { type: 'Float', description: 'The number is less than this one.', where: ({ name }, value) => ({ [name]: { lt: value } }) },
  lte: { type: 'Float', description: 'The number is this one or less.', where: ({ name }, value) => ({ [name]: { lte: value } }) },
  gt: { type: 'Float', description: 'The number is greater than this one.', where: ({ name }, value) => ({ [name]: { gt: value } }) },
  gte: { type: 'Float', description: 'The number is this one or greater.', where: ({ name }, value) => ({ [name]: { gte: value } }) },
  isNull,
});

const instantField = operators('DateTimeFilter', 'A condition on an instant.', {
  before: { type: 'DateTime', description: 'It lies before this instant.', where: ({ name }, value) => ({ [name]: { lt: value } }) },
  after: { type: 'DateTime', description: 'It lies after this instant.', where: ({ name }, value) => ({ [name]: { gt: value } }) },
});

/** A text column. */
export const text = (name: string, description: string) => textField({ name }, description);
/** The column in which a trigger keeps the texts of all languages. */
export const localized = (name: string, description: string) => localizedField({ name }, description);
/** A column with a BCP 47 language. */
export const language = (name: string, description: string) => languageField({ name }, description);
/** A column with a number. */
export const number = (name: string, description: string) => numberField({ name }, description);
/** The record's own id. */
export const id = (model: string) => idField({ name: 'id', idOf: model }, 'The id of the record.');
/** A column with an instant. */
export const instant = (name: string, description: string) => instantField({ name }, description);
/** A column with an EDTF date, and those with its instants. */
export const date = (name: string, prefix: string, description: string) =>
  dateField({ name, earliest: prefix ? `${prefix}Earliest` : 'earliest', latest: prefix ? `${prefix}Latest` : 'latest' }, description);

/** A column with a value of an enum. */
export function enumFilter(name: string, ref: unknown) {
  const field = operators(`${name}Filter`, `A condition on a value of ${name}.`, {
    eq: { type: ref, description: 'The value is this one.', where: asWritten },
    in: { type: [ref], description: 'The value is one of these.', where: amongWritten },
    isNull,
  });
  return (column: string, description: string) => field({ name: column }, description);
}

/** A column that is true or false. */
export const flag = (name: string, description: string): FilterField => ({
  type: 'Boolean',
  description,
  where: (value) => ({ [name]: value }),
});

/** A record in a hierarchy, or anything below it, by the ancestors that a trigger keeps. */
export const within = (model: string, description: string): FilterField => ({
  type: 'ID',
  description,
  where: (value) => {
    const id = uuidOf(model, String(value));
    return { OR: [{ id }, { ancestorIds: { has: id } }] };
  },
});
