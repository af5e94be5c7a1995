// What JSON has no type for is made of what stands there in its place, after the text was parsed as a whole.

/** A column that is converted: from milliseconds, from digits, or from the name of what is no number. */
export type Kind = 'date' | 'bigint' | 'float';

/** What rows hold, as far as it matters for this. */
export interface RowShape {
  conversions: { name: string; kind: Kind }[];
  nested: { name: string; row: RowShape; isList: boolean; isBackward: boolean }[];
}

type Row = Record<string, unknown>;
type Convert = (row: Row) => void;
type ConvertList = (rows: Row[]) => void;

const conversions: Record<Kind, (value: unknown) => unknown> = {
  date: (milliseconds) => new Date(Math.round(milliseconds as number)),
  bigint: (digits) => BigInt(digits as string),
  float: Number,
};

/** What is to be done with the rows of a statement; undefined when they are right as they are. */
export function listConverter(row: RowShape, isBackward: boolean): ConvertList | undefined {
  const convert = rowConverter(row);
  if (!convert) return isBackward ? (rows) => void rows.reverse() : undefined;
  return (rows) => {
    if (isBackward) rows.reverse();
    for (const each of rows) convert(each);
  };
}

function rowConverter({ conversions: columns, nested }: RowShape): Convert | undefined {
  const steps = [
    ...columns.map(({ name, kind }) => columnConverter(name, conversions[kind])),
    ...nested.flatMap(({ name, row, isList, isBackward }) => {
      const convert = isList ? listConverter(row, isBackward) : rowConverter(row);
      return convert ? [nestedConverter(name, convert as (value: unknown) => void)] : [];
    }),
  ];
  const [first, second] = steps;
  if (!first || !second) return first;
  return (row) => {
    for (const step of steps) step(row);
  };
}

const columnConverter =
  (name: string, convert: (value: unknown) => unknown): Convert =>
  (row) => {
    const value = row[name];
    if (value !== null) row[name] = convert(value);
  };

const nestedConverter =
  (name: string, convert: (value: unknown) => void): Convert =>
  (row) => {
    const value = row[name];
    if (value !== null) convert(value);
  };
