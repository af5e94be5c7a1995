// How many rows a list may have at most, as a constant of the statement. PostgreSQL plans for a `LIMIT $1` as
// if it let a tenth of the rows through, and so plans such a statement anew each time. A constant around which
// the real limit stands tells it that these are few; and a few sizes make few statements.

const sizes = [1, 2, 11, 21, 51, 101];

/** The size's place in the table, as one digit; 9 for what is larger than all. */
export function sizeOf(rows: number): string {
  for (let i = 0; i < sizes.length; i++) if (rows <= (sizes[i] as number)) return String(i);
  return '9';
}

/** The constant for such a digit; undefined when the statement has none. */
export function limitOf(size: number): number | undefined {
  return sizes[size];
}
