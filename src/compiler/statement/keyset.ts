import type { Column, Model } from './datamodel.ts';
import { Parameter, type Part, type Template } from './template.ts';

// Where a page begins is said in Prisma's words by `a < x OR (a = x AND b < y)` and so on, and an index finds no
// beginning in that. Said in SQL as `(a, b) < (x, y)` it does.

/** What comes after a row, or before it, in an order. */
export interface Keyset {
  columns: readonly Column[];
  operator: '<' | '>';
  values: readonly Parameter[];
  /** Whether rows without the first of the columns are meant as well: those that come last. */
  withAbsent: boolean;
}

const ordered = new Set(['String', 'Int', 'Float', 'BigInt', 'DateTime']);

interface Term {
  column: Column;
  operator: 'lt' | 'gt' | 'equals';
  value: Parameter;
  orAbsent: boolean;
}

/** What the alternatives of an OR say together, if it is this. */
export function keysetOf(model: Model, alternatives: readonly Part[]): Keyset | undefined {
  const columns: Column[] = [];
  const values: Parameter[] = [];
  let operator: Term['operator'] | undefined;
  let withAbsent = false;
  for (const [i, alternative] of alternatives.entries()) {
    const terms = termsOf(model, alternative);
    const past = terms?.[i];
    if (!terms || !past || terms.length !== i + 1 || past.operator === 'equals' || past.value.isList) return undefined;
    operator ??= past.operator;
    if (past.operator !== operator || (past.orAbsent && i > 0)) return undefined;
    for (let j = 0; j < i; j++) {
      const { column, operator: same, value, orAbsent } = terms[j] as Term;
      if (same !== 'equals' || orAbsent || column !== columns[j] || value !== values[j]) return undefined;
    }
    withAbsent ||= past.orAbsent;
    columns.push(past.column);
    values.push(past.value);
  }
  return operator && { columns, operator: operator === 'lt' ? '<' : '>', values, withAbsent };
}

/** The conditions of one alternative, in their order; undefined when one is of another kind. */
function termsOf(model: Model, part: Part): Term[] | undefined {
  if (!isTemplate(part)) return undefined;
  const terms: Term[] = [];
  for (const [name, inner] of Object.entries(part)) {
    const found = name === 'AND' && Array.isArray(inner) ? inner.map((each) => termsOf(model, each)) : [termOf(model, name, inner)];
    for (const each of found.flat()) {
      if (!each) return undefined;
      terms.push(each);
    }
  }
  return terms;
}

function termOf(model: Model, name: string, part: Part): Term[] | undefined {
  if (name === 'OR') return orAbsent(model, part);
  const column = model.fields.get(name);
  if (column?.kind !== 'column' || column.isList || !ordered.has(column.type)) return undefined;
  if (part instanceof Parameter) return [{ column, operator: 'equals', value: part, orAbsent: false }];
  if (!isTemplate(part)) return undefined;
  const [[operator, value] = [], ...others] = Object.entries(part);
  if (others.length > 0 || !(value instanceof Parameter) || (operator !== 'lt' && operator !== 'gt')) return undefined;
  return [{ column, operator, value, orAbsent: false }];
}

/** A condition on a column, or its absence. */
function orAbsent(model: Model, part: Part): Term[] | undefined {
  if (!Array.isArray(part) || part.length !== 2) return undefined;
  const [term, ...others] = termsOf(model, part[0]) ?? [];
  const absent = part[1] as Part;
  if (!term || others.length > 0 || term.operator === 'equals' || term.orAbsent || !isTemplate(absent)) return undefined;
  const isAbsent = Object.keys(absent).length === 1 && absent[term.column.name] === null;
  return isAbsent && !term.column.isRequired ? [{ ...term, orAbsent: true }] : undefined;
}

function isTemplate(part: Part | undefined): part is Template {
  return typeof part === 'object' && part !== null && !Array.isArray(part) && !(part instanceof Parameter);
}
