import type { Column } from './datamodel.ts';
import { decline } from './decline.ts';
import { columnOf, type Scope, type Source } from './scope.ts';
import { objectOf, Parameter, type Part } from './template.ts';

// Conditions on a column, with Prisma's meaning: operators that stand together must all hold, and a `not`
// around them turns each into its opposite.

/** The kinds of values that a type takes. */
const accepted: Record<string, string> = {
  String: 's',
  Enum: 's',
  Int: 'n',
  Float: 'nNr',
  BigInt: 'nNi',
  DateTime: 'd',
  Boolean: 'b',
};

const comparisons: Record<string, readonly [sql: string, opposite: string]> = {
  lt: ['<', '>='],
  lte: ['<=', '>'],
  gt: ['>', '<='],
  gte: ['>=', '<'],
};

/** As in Prisma, the wildcards of LIKE that stand in the value are left as they are. */
const patterns: Record<string, (value: string) => string> = {
  contains: (value) => `('%' || ${value}::text || '%')`,
  startsWith: (value) => `(${value}::text || '%')`,
  endsWith: (value) => `('%' || ${value}::text)`,
};

const ordered = ['String', 'Int', 'Float', 'BigInt', 'DateTime'];

/** The conditions that an argument puts on a column. */
export function scalarConditions(scope: Scope, source: Source, column: Column, part: Part): string[] {
  if (!(column.type in accepted)) decline(`filter on ${column.type}`);
  if (column.isList) return [listCondition(scope, source, column, part)];
  const on = new On(scope, columnOf(source, column.sql), column);
  if (part === null || part instanceof Parameter) return [on.equal(part, false)];
  const { mode, ...operators } = objectOf(part);
  if (mode !== undefined) {
    if (column.type !== 'String') decline('mode');
    if (mode === 'insensitive') on.isInsensitive = true;
    else if (mode !== 'default') decline('mode');
  }
  return Object.entries(operators).flatMap(([name, operand]) => on.operator(name, operand, false));
}

class On {
  isInsensitive = false;
  readonly #scope: Scope;
  readonly #sql: string;
  readonly #column: Column;

  constructor(scope: Scope, sql: string, column: Column) {
    this.#scope = scope;
    this.#sql = sql;
    this.#column = column;
  }

  operator(name: string, operand: Part, isReversed: boolean): string[] {
    const { type } = this.#column;
    if (name === 'equals') return [this.equal(operand, isReversed)];
    if (name === 'not') {
      // Prisma has it the same way in a `not`: it doesn't turn round again.
      if (operand === null || operand instanceof Parameter) return [this.equal(operand, true)];
      return Object.entries(objectOf(operand)).flatMap(([inner, part]) => this.operator(inner, part, !isReversed));
    }
    if ((name === 'in' || name === 'notIn') && type !== 'Boolean') {
      if (this.isInsensitive) decline(`insensitive ${name}`);
      const list = this.#value(operand, true);
      return [(name === 'in') === isReversed ? `${this.#sql} <> ALL (${list})` : `${this.#sql} = ANY (${list})`];
    }
    const comparison = comparisons[name];
    if (comparison && ordered.includes(type)) {
      if (this.isInsensitive) decline(`insensitive ${name}`);
      return [`${this.#sql} ${comparison[isReversed ? 1 : 0]} ${this.#value(operand)}`];
    }
    const pattern = patterns[name];
    if (pattern && type === 'String') return [this.#like(pattern(this.#value(operand)), isReversed)];
    return decline(`operator ${name} on ${type}`);
  }

  equal(operand: Part, isReversed: boolean): string {
    if (operand === null) {
      if (this.#column.isRequired) decline('null for what is required');
      return `${this.#sql} IS ${isReversed ? 'NOT ' : ''}NULL`;
    }
    const value = this.#value(operand);
    if (this.isInsensitive) return this.#like(value, isReversed);
    return `${this.#sql} ${isReversed ? '<>' : '='} ${value}`;
  }

  #like(pattern: string, isReversed: boolean): string {
    // A rare word is found by its index, and a page of a common one in the order of the page. Without the word
    // PostgreSQL can't tell, and goes wrong by seconds.
    this.#scope.dependsOnValues = true;
    return `${this.#sql} ${isReversed ? 'NOT ' : ''}${this.isInsensitive ? 'ILIKE' : 'LIKE'} ${pattern}`;
  }

  #value(operand: Part, isList = false): string {
    return sqlOf(this.#scope, this.#column, operand, isList);
  }
}

/** The types of parameters follow from the columns that they are compared with. */
export function sqlOf(scope: Scope, { type }: Column, operand: Part, isList: boolean): string {
  if (!(operand instanceof Parameter) || operand.isList !== isList) return decline('value');
  const fits = (accepted[type] ?? '').includes(operand.tag) || (isList && operand.tag === 'e');
  return fits ? scope.use(operand) : decline(`value for ${type}`);
}

const listOperators: Record<string, string> = { equals: '=', has: '@>', hasEvery: '@>', hasSome: '&&' };

function listCondition(scope: Scope, source: Source, column: Column, part: Part): string {
  const entries = Object.entries(objectOf(part));
  const [entry] = entries;
  if (!entry || entries.length > 1) return decline('operators on a list');
  const [name, operand] = entry;
  const sql = columnOf(source, column.sql);
  if (name === 'isEmpty') {
    if (typeof operand !== 'boolean') return decline('isEmpty');
    return `${sql} ${operand ? '=' : '<>'} '{}'`;
  }
  const operator = listOperators[name] ?? decline(`operator ${name} on a list`);
  return `${sql} ${operator} ${sqlOf(scope, column, operand, true)}`;
}
