import { type Column, modelNamed, type Relation } from './datamodel.ts';
import { decline } from './decline.ts';
import { orderOf } from './order.ts';
import type { Kind, RowShape } from './rows.ts';
import { columnOf, from, type Scope, type Source, through } from './scope.ts';
import { limitOf } from './sizes.ts';
import { objectOf, type Part, Take, type Template } from './template.ts';
import { stretchesOf, whereOf } from './where.ts';

// Queries as SQL whose rows are JSON objects with Prisma's names. A relation is a subquery in the list of
// columns, so that it is made only for rows that are there after LIMIT, and by the index on its key.

/** A SELECT, and how its rows are read. */
export interface Select {
  sql: string;
  row: RowShape;
  /** Whether the rows come in the opposite order. */
  isBackward: boolean;
}

/** The SELECT of a list: the rows of a model, or those at the other end of a relation. */
export function selectList(scope: Scope, source: Source, query: Template, on?: string): Select {
  const { select, include, where, orderBy, take, skip, ...unknown } = query;
  if (Object.keys(unknown).length > 0) decline('argument of a list');
  const taken = take === undefined ? undefined : take instanceof Take ? take : decline('take');
  const isBackward = taken?.isBackward ?? false;
  const order = orderOf(scope, source, query, isBackward);
  const bounded = taken && limitOf(taken.size);
  const stretches = bounded !== undefined && order.absentLast ? stretchesOf(scope, source, where, order.absentLast) : undefined;
  const filters = (stretches ?? [whereOf(scope, source, where, taken !== undefined)]).map((each) => filterOf(on, each));
  const page = skip === undefined || skip === false ? '' : ` OFFSET ${scope.use(parameterOf(skip))}`;
  const limit = taken ? ` LIMIT ${scope.use(taken.parameter)}${page}` : page;
  const [all = '', ...others] = filters.map((filter) => `FROM ${from(source)}${order.joins}${filter}${order.by}`);
  if (limit === '') {
    const { sql, row } = fieldsOf(scope, source, query);
    return { sql: `SELECT ${sql} ${all}`, row, isBackward };
  }
  // The rows are found first, with their columns alone, and what hangs on them is added then.
  const found = { model: source.model, alias: scope.alias() };
  const { sql, row, columns } = fieldsOf(scope, found, query);
  const list = [...columns].map((column) => columnOf(source, column)).join(', ');
  const within = bounded === undefined ? '' : ` LIMIT ${bounded}`;
  const inner = [all, ...others].map((each) => `SELECT ${list} ${each}${within}`);
  // One after the other: the second is begun only where the first has too few.
  const rows = inner.length > 1 ? inner.map((each) => `(${each})`).join(' UNION ALL ') : inner.join('');
  return { sql: `SELECT ${sql} FROM (${rows}) AS ${found.alias}${limit}`, row, isBackward };
}

const parameterOf = (part: Part) =>
  typeof part === 'object' && part !== null && 'tag' in part ? (part as Take['parameter']) : decline('skip');

function filterOf(on: string | undefined, where: string | undefined): string {
  const conditions = [on, where].filter((condition) => condition !== undefined);
  return conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
}

/** The rows of a SELECT as one JSON array. */
export function listOf(scope: Scope, { sql }: Select): string {
  const alias = scope.alias();
  return `SELECT coalesce(json_agg(${alias}), '[]') FROM (${sql}) AS ${alias}`;
}

/** What is selected of a row, and the columns that this needs. */
interface Fields {
  sql: string;
  row: RowShape;
  columns: Set<string>;
}

function fieldsOf(scope: Scope, source: Source, { select, include }: Template): Fields {
  if (select !== undefined && include !== undefined) decline('select with include');
  const selected = Object.entries(objectOf(select ?? include ?? {})).filter(([, part]) => part !== false);
  if (select !== undefined && selected.length === 0) decline('empty select');
  const row: RowShape = { conversions: [], nested: [] };
  const columns = new Set<string>();
  const list: string[] = [];
  const { fields } = source.model;
  const output = (name: string, sql: string) => list.push(`${sql} AS "${name.replaceAll('"', '""')}"`);
  const addColumn = (column: Column) => {
    columns.add(column.sql);
    const { sql, kind } = readColumn(column, columnOf(source, column.sql));
    output(column.name, sql);
    if (kind) row.conversions.push({ name: column.name, kind });
  };
  if (select === undefined) for (const column of source.model.columns) addColumn(column);
  for (const [name, part] of selected) {
    if (name === '_count') {
      output(name, countsOf(scope, source, part, columns));
      continue;
    }
    const field = fields.get(name) ?? decline('unknown field in a select');
    if (field.kind === 'column') {
      if (part !== true) decline('select of a column');
      if (select !== undefined) addColumn(field);
      else decline('include of a column');
      continue;
    }
    if (field.on) columns.add(field.on.own);
    const query = part === true ? {} : objectOf(part);
    const { sql, row: inner, isList, isBackward } = field.isList ? manyOf(scope, source, field, query) : oneOf(scope, source, field, query);
    output(name, `(${sql})`);
    row.nested.push({ name, row: inner, isList, isBackward });
  }
  return { sql: list.join(', '), row, columns };
}

/** How a column is written into JSON, and what is made of it there. */
export function readColumn({ type, isList }: Pick<Column, 'type' | 'isList'>, sql: string): { sql: string; kind?: Kind } {
  if (isList) {
    return ['String', 'Enum', 'Int', 'Boolean'].includes(type) ? { sql: `coalesce(${sql}, '{}')` } : decline(`list of ${type}`);
  }
  switch (type) {
    case 'String':
    case 'Enum':
    case 'Int':
    case 'Boolean':
    case 'Json':
      return { sql };
    case 'Float':
      return { sql, kind: 'float' };
    case 'BigInt':
      return { sql: `${sql}::text`, kind: 'bigint' };
    case 'DateTime':
      // Milliseconds are read much faster than a date that is written out, and don't depend on a time zone.
      return { sql: `date_part('epoch', ${sql}) * 1000`, kind: 'date' };
    default:
      return decline(`column of ${type}`);
  }
}

interface Reached {
  sql: string;
  row: RowShape;
  isList: boolean;
  isBackward: boolean;
}

function manyOf(scope: Scope, source: Source, relation: Relation, query: Template): Reached {
  const { target, on } = through(scope, source, relation);
  const select = selectList(scope, target, query, on);
  return { sql: listOf(scope, select), row: select.row, isBackward: select.isBackward, isList: true };
}

function oneOf(scope: Scope, source: Source, relation: Relation, query: Template): Reached {
  const { select, include, where, ...others } = query;
  if (Object.keys(others).length > 0 || !relation.on?.isOwned) decline('argument of a relation to one');
  if (where !== undefined && relation.isRequired) decline('where on a required relation');
  const { target, on } = through(scope, source, relation);
  const filter = filterOf(on, whereOf(scope, target, where));
  const { sql, row } = fieldsOf(scope, target, query);
  const alias = scope.alias();
  return {
    sql: `SELECT row_to_json(${alias}) FROM (SELECT ${sql} FROM ${from(target)}${filter}) AS ${alias}`,
    row,
    isBackward: false,
    isList: false,
  };
}

/** How many there are at the other end of relations. */
function countsOf(scope: Scope, source: Source, part: Part, columns: Set<string>): string {
  const lists = [...source.model.fields.values()].filter((field) => field.kind === 'relation' && field.isList);
  const asked = part === true ? Object.fromEntries(lists.map(({ name }) => [name, true])) : objectOf(part).select;
  if (part !== true && Object.keys(objectOf(part)).some((name) => name !== 'select')) decline('argument of _count');
  const counts = Object.entries(objectOf(asked))
    .filter(([, inner]) => inner !== false)
    .map(([name, inner]) => {
      const relation = lists.find((field) => field.name === name);
      if (relation?.kind !== 'relation') return decline('unknown field in _count');
      const { where, ...others } = inner === true ? {} : objectOf(inner);
      if (Object.keys(others).length > 0) decline('argument of a count');
      const { target, on } = through(scope, source, relation);
      if (relation.on) columns.add(relation.on.own);
      const filter = filterOf(on, whereOf(scope, target, where));
      return `'${name}', (SELECT count(*) FROM ${from(target)}${filter})`;
    });
  return counts.length > 0 ? `json_build_object(${counts.join(', ')})` : decline('empty _count');
}

/** The rows of a model. */
export function selectAll(scope: Scope, model: string, query: Template): Select {
  return selectList(scope, { model: modelNamed(scope.models, model), alias: scope.alias() }, query);
}

/** How many rows of a model there are. */
export function countAll(scope: Scope, model: string, { where, ...others }: Template): string {
  if (Object.keys(others).length > 0) decline('argument of count');
  const source = { model: modelNamed(scope.models, model), alias: scope.alias() };
  return `SELECT count(*)::text FROM ${from(source)}${filterOf(undefined, whereOf(scope, source, where))}`;
}
