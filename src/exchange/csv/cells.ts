import type { ActorRef, ExchangeIdentifier, ExchangeName, ExchangeSpan, Ref, SubjectRef } from '../record.ts';
import type { NamesSeen } from '../writing/names-seen.ts';
import { refText, target } from '../writing/reference.ts';
import type { Cell } from './sheet.ts';

// What several sheets have in common: columns, and cells that hold several values.

type Columns<Row> = Record<string, (row: Row, names: NamesSeen) => Cell>;
type Localized = Readonly<Record<string, string>>;

/** Several values in one cell. */
export function joined(values: readonly string[] | undefined): Cell {
  return values && values.length > 0 ? values.join('; ') : undefined;
}

/** Two columns: the id of the record that is referred to, and its name as far as it is known. */
export function referring<Row>(column: string, read: (row: Row) => Ref | undefined): Columns<Row> {
  return {
    [`${column}_id`]: (row) => refText(read(row)),
    [column]: (row, names) => names.of(refText(read(row))),
  };
}

/** The same, for a person or an organization. */
export function actor<Row>(column: string, read: (row: Row) => ActorRef | undefined): Columns<Row> {
  return referring(column, (row) => {
    const given = read(row);
    return given && target(given).ref;
  });
}

/** Two columns for several records. */
export function several<Row>(
  ids: string,
  column: string,
  read: (row: Row) => readonly (ActorRef | SubjectRef)[] | undefined,
): Columns<Row> {
  const refs = (row: Row) => (read(row) ?? []).flatMap((each) => refText(target(each).ref) ?? []);
  return {
    [ids]: (row) => joined(refs(row)),
    [column]: (row, names) => joined(refs(row).map((ref) => names.of(ref) ?? ref)),
  };
}

/** Three columns: the text in the first of its languages, that language, and the text in the others. */
export function localized<Row>(column: string, others: string, read: (row: Row) => Localized | undefined): Columns<Row> {
  const first = (row: Row) => Object.entries(read(row) ?? {})[0];
  return {
    [column]: (row) => first(row)?.[1],
    [`${column}_language`]: (row) => first(row)?.[0],
    [others]: (row) =>
      joined(
        Object.entries(read(row) ?? {})
          .slice(1)
          .map(([language, text]) => `${language}: ${text}`),
      ),
  };
}

interface Common {
  id?: string | undefined;
  status?: string | undefined;
  retractionReason?: string | undefined;
}

export const common: Columns<Common> = {
  id: ({ id }) => id,
  status: ({ status }) => status,
  retraction_reason: ({ retractionReason }) => retractionReason,
};

export const merged: Columns<{ mergedInto?: Ref | undefined }> = { merged_into_id: ({ mergedInto }) => refText(mergedInto) };

export const otherNames: Columns<{ names?: readonly ExchangeName[] | undefined }> = {
  other_names: ({ names }) => joined(names?.map(({ name }) => name)),
};

export const identifiers: Columns<{ identifiers?: readonly ExchangeIdentifier[] | undefined }> = {
  identifiers: (row) => joined(row.identifiers?.map(({ scheme, value }) => `${scheme}:${value}`)),
};

/** The pieces of a text, with a mark where something stands between them. */
export function spans(pieces: readonly ExchangeSpan[] | undefined): Cell {
  return pieces && pieces.length > 0 ? pieces.map(({ exact }) => exact).join(' […] ') : undefined;
}
