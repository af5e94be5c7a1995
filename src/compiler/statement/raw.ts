import { listConverter } from './rows.ts';
import { readColumn } from './select.ts';

// Statements that were written by hand, which give their rows as the compiled ones do.

/** What a column gives, in Prisma's words; anything that JSON has a type for is `Json`. */
export type RawType = 'Json' | 'DateTime' | 'BigInt' | 'Float';

export type RawColumns = Readonly<Record<string, RawType>>;

/** The statement around one, which gives its rows as one JSON text, in their order, and what makes values of that. */
export function aroundRaw(text: string, columns: RawColumns) {
  const read = Object.entries(columns).map(([name, type]) => ({ name, ...readColumn({ type, isList: false }, `_0."${name}"`) }));
  const selected = read.map(({ name, sql }) => `${sql} AS "${name}"`).join(', ');
  const conversions = read.flatMap(({ name, kind }) => (kind ? [{ name, kind }] : []));
  return {
    text: `SELECT coalesce(json_agg(_1), '[]')::text FROM (SELECT ${selected} FROM (${text}) AS _0) AS _1`,
    convert: listConverter({ conversions, nested: [] }, false),
  };
}
