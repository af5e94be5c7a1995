import type { Column, Model, Relation } from './datamodel.ts';
import { decline } from './decline.ts';
import { type Keyset, keysetOf } from './keyset.ts';
import { scalarConditions, sqlOf } from './scalar.ts';
import { columnOf, from, type Scope, type Source, through } from './scope.ts';
import { objectOf, Parameter, type Part, type Template } from './template.ts';

// A Prisma `where` as a condition. Prisma joins the record of a relation to one, so that a condition on what
// is null there is neither true nor false, and stays so in a NOT. Here it is an EXISTS, which is always one of
// both; so it is told whether it stands in a NOT, and takes the unknown for what doesn't let a row through.

/** A condition, and whether most rows are likely to meet it. */
interface Condition {
  sql: string;
  isBroad: boolean;
}

function all(conditions: readonly Condition[]): Condition | undefined {
  const [first, second] = conditions;
  if (!first || !second) return first;
  return { sql: `(${conditions.map(({ sql }) => sql).join(' AND ')})`, isBroad: conditions.every(({ isBroad }) => isBroad) };
}

function any(conditions: readonly Condition[]): Condition | undefined {
  const [first, second] = conditions;
  if (!first || !second) return first;
  return { sql: `(${conditions.map(({ sql }) => sql).join(' OR ')})`, isBroad: conditions.some(({ isBroad }) => isBroad) };
}

/** Which rows are meant where a page goes on to those without a value: those with one, or those without. */
type Stretch = 'present' | 'absent';

const narrow = (sql: string): Condition => ({ sql, isBroad: false });

/**
 * The condition of a `where`; undefined when it is empty.
 * @param isPaged whether rows are only looked at until there are enough of them.
 */
export function whereOf(scope: Scope, source: Source, part: Part | undefined, isPaged = false): string | undefined {
  return conditionOf(scope, source, part, { isNegated: false, isPaged })?.sql;
}

/**
 * The two conditions that a page's falls into, where it goes on to rows without a value in a column: an index
 * finds the beginning of either, and not of both at once.
 * @returns undefined when it doesn't do so in this column.
 */
export function stretchesOf(scope: Scope, source: Source, part: Part | undefined, column: Column): [string, string] | undefined {
  if (part === undefined) return undefined;
  const [present, absent] = (['present', 'absent'] as const).map((stretch) => {
    const where = new Where(scope, source, true, { stretch, column });
    const sql = where.group(objectOf(part), false, true)?.sql;
    return where.isStretched ? sql : undefined;
  });
  return present !== undefined && absent !== undefined ? [present, absent] : undefined;
}

/** Where a condition stands. */
interface Place {
  isNegated: boolean;
  isPaged: boolean;
}

function conditionOf(scope: Scope, source: Source, part: Part | undefined, place: Place): Condition | undefined {
  return part === undefined ? undefined : new Where(scope, source, place.isPaged).group(objectOf(part), place.isNegated, true);
}

class Where {
  readonly #scope: Scope;
  readonly #source: Source;
  readonly #isPaged: boolean;
  readonly #only: { stretch: Stretch; column: Column } | undefined;
  /** Whether the condition holds for a part of the rows alone. */
  isStretched = false;

  constructor(scope: Scope, source: Source, isPaged: boolean, only?: { stretch: Stretch; column: Column }) {
    this.#only = only;
    this.#scope = scope;
    this.#source = source;
    this.#isPaged = isPaged;
  }

  /** What is empty within a group is passed over, as Prisma does, except right at the top. */
  group(where: Template, isNegated: boolean, isTop = false, isRequired = true): Condition | undefined {
    const conditions = Object.entries(where).map(([name, part]) => {
      if (name === 'AND' || name === 'OR' || name === 'NOT') return this.#logical(name, part, isNegated, isTop, isRequired);
      return this.#field(name, part, isNegated);
    });
    return all(conditions.filter((condition) => condition !== undefined));
  }

  /** @param isRequired whether what doesn't meet the group is no result. */
  #logical(name: 'AND' | 'OR' | 'NOT', part: Part, isNegated: boolean, isTop: boolean, isRequired: boolean): Condition | undefined {
    if (name === 'OR' && !Array.isArray(part)) decline('OR without a list');
    const keyset = name === 'OR' && Array.isArray(part) ? keysetOf(this.#source.model, part) : undefined;
    if (keyset && keyset.columns.length > 1) return narrow(this.#past(keyset, isRequired));
    const isNegatedWithin = name === 'NOT' ? !isNegated : isNegated;
    const parts: readonly Part[] = Array.isArray(part) ? part : [part];
    const isRequiredWithin = isRequired && (name === 'AND' || parts.length === 1) && name !== 'NOT';
    const conditions = parts
      .map((each) => this.group(objectOf(each), isNegatedWithin, false, isRequiredWithin))
      .filter((condition) => condition !== undefined);
    if (conditions.length === 0) return isTop ? narrow(name === 'OR' ? 'false' : 'true') : undefined;
    if (name === 'NOT') return all(conditions.map(({ sql, isBroad }) => ({ sql: `(NOT ${sql})`, isBroad })));
    return name === 'OR' ? any(conditions) : all(conditions);
  }

  #past({ columns, operator, values, withAbsent }: Keyset, isRequired: boolean): string {
    const own = columns.map(({ sql }) => columnOf(this.#source, sql));
    const given = columns.map((column, i) => sqlOf(this.#scope, column, values[i] as Parameter, false));
    const present = `(${own.join(', ')}) ${operator} (${given.join(', ')})`;
    if (!withAbsent) return `(${present})`;
    const absent = `${own[0]} IS NULL`;
    const only = isRequired && this.#only?.column === columns[0] ? this.#only?.stretch : undefined;
    if (!only) return `(${present} OR ${absent})`;
    this.isStretched = true;
    return only === 'present' ? `(${present})` : `(${absent})`;
  }

  #field(name: string, part: Part, isNegated: boolean): Condition | undefined {
    const field = this.#source.model.fields.get(name) ?? decline('unknown field');
    if (field.kind === 'column') {
      // A state or a kind, of which there are few, and readers see most of them.
      const isBroad = field.type === 'Enum' || field.type === 'Boolean';
      return all(scalarConditions(this.#scope, this.#source, field, part).map((sql) => ({ sql, isBroad })));
    }
    return all((field.isList ? this.#many(field, objectOf(part)) : this.#one(field, part, isNegated)).map(narrow));
  }

  #one(relation: Relation, part: Part, isNegated: boolean): string[] {
    if (part === null) return [this.#isNull(relation)];
    const template = objectOf(part);
    const names = Object.keys(template);
    if (names.length === 0) return [];
    if (!names.some((name) => name === 'is' || name === 'isNot')) return [this.#is(relation, template, isNegated)];
    return Object.entries(template).map(([name, inner]) => {
      if (name === 'is') return inner === null ? this.#isNull(relation) : this.#is(relation, inner, isNegated);
      if (name !== 'isNot') return decline('arguments beside is');
      return `(NOT ${inner === null ? this.#isNull(relation) : this.#is(relation, inner, !isNegated)})`;
    });
  }

  #isNull({ on, isRequired }: Relation): string {
    if (isRequired || !on?.isOwned) return decline('null for a relation');
    return `(${columnOf(this.#source, on.own)} IS NULL)`;
  }

  #is(relation: Relation, part: Part, isNegated: boolean): string {
    const { target, on } = through(this.#scope, this.#source, relation);
    const condition = conditionOf(this.#scope, target, part, { isNegated, isPaged: this.#isPaged });
    if (condition && isNegated) return exists(target, on, `(${condition.sql}) IS NOT FALSE`);
    const { own = '', other = '', isOwned } = relation.on ?? {};
    const named = isOwned ? requiredValue(target.model, other, part) : undefined;
    // Where it is said which one is meant, whether that fits is asked once, and not for each row.
    if (condition && named) return `(${columnOf(this.#source, own)} = ${this.#scope.use(named)} AND ${exists(target, condition.sql)})`;
    // Of an EXISTS the planner may make a join with the whole other table, to find a page that needs a few of it.
    // So what most rows meet is looked up for one row after the other, in the order of an index.
    if (condition?.isBroad && this.#isPaged) return `(SELECT ${condition.sql} FROM ${from(target)} WHERE ${on})`;
    return exists(target, on, condition?.sql);
  }

  #many(relation: Relation, template: Template): string[] {
    return Object.entries(template).map(([name, part]) => {
      const { target, on } = through(this.#scope, this.#source, relation);
      // Within, only what is true counts, whatever stands around.
      const condition = conditionOf(this.#scope, target, part, { isNegated: name === 'every', isPaged: false })?.sql;
      if (name === 'some') return exists(target, on, condition);
      if (name === 'none') return `(NOT ${exists(target, on, condition)})`;
      if (name !== 'every') return decline('operator on a relation');
      return `(NOT ${exists(target, on, `(NOT ${condition ?? 'true'})`)})`;
    });
  }
}

const exists = (target: Source, on: string, condition?: string) =>
  `EXISTS (SELECT 1 FROM ${from(target)} WHERE ${on}${condition ? ` AND ${condition}` : ''})`;

/** The value that a column must have for a condition to hold, whatever else that asks. */
function requiredValue(model: Model, column: string, condition: Part): Parameter | undefined {
  for (const [name, part] of Object.entries(objectOf(condition))) {
    if (name === 'AND') {
      const parts: readonly Part[] = Array.isArray(part) ? part : [part];
      for (const each of parts) {
        const value = requiredValue(model, column, each);
        if (value) return value;
      }
      continue;
    }
    const field = model.fields.get(name);
    if (field?.kind !== 'column' || field.sql !== column) continue;
    if (part instanceof Parameter) return part;
    const { equals, mode } = objectOf(part);
    if (equals instanceof Parameter && mode === undefined) return equals;
  }
  return undefined;
}
