import type { Column } from './datamodel.ts';
import { decline } from './decline.ts';
import { columnOf, from, type Scope, type Source, through } from './scope.ts';
import { objectOf, type Part, type Template } from './template.ts';

/** An ORDER BY, and the joins that it needs. */
export interface Order {
  by: string;
  joins: string;
  /** The first column, when rows without it come last and no join is needed for it. */
  absentLast?: Column | undefined;
}

const none: Order = { by: '', joins: '' };

/**
 * The order of a list. A page without one is sorted by what identifies its rows, as Prisma does.
 * @param isBackward whether rows are taken from the end.
 */
export function orderOf(scope: Scope, source: Source, { orderBy, take, skip }: Template, isBackward: boolean): Order {
  const parts: readonly Part[] = orderBy === undefined ? [] : Array.isArray(orderBy) ? orderBy : [orderBy];
  let joins = '';
  const keys = parts.flatMap((part) => key(source, objectOf(part)));
  if (keys.length === 0 && (take !== undefined || (skip !== undefined && skip !== false))) {
    const identifier = source.model.identifier ?? decline('page without an order');
    keys.push(...identifier.map(({ sql }) => sorted(columnOf(source, sql), 'asc', undefined)));
  }
  return keys.length > 0
    ? { by: ` ORDER BY ${keys.join(', ')}`, joins, absentLast: isBackward ? undefined : absentLast(source, parts[0]) }
    : none;

  function key(at: Source, order: Template): string[] {
    const entries = Object.entries(order);
    const [entry] = entries;
    if (!entry) return [];
    if (entries.length > 1) return decline('several fields in one order');
    const [name, part] = entry;
    const field = at.model.fields.get(name) ?? decline('unknown field in an order');
    if (field.kind === 'column') return [columnKey(at, field, part)];
    if (field.isList) return decline('order by a list');
    const { target, on } = through(scope, at, field);
    joins += ` LEFT JOIN ${from(target)} ON ${on}`;
    return key(target, objectOf(part));
  }

  function columnKey(at: Source, column: Column, part: Part): string {
    if (column.type === 'Json' || column.isList) decline(`order by ${column.type}`);
    const sql = columnOf(at, column.sql);
    if (typeof part === 'string') return sorted(sql, part, undefined);
    const { sort, nulls, ...others } = objectOf(part);
    if (Object.keys(others).length > 0 || column.isRequired) decline('order');
    return sorted(sql, sort, nulls);
  }

  function sorted(sql: string, sort: Part | undefined, nulls: Part | undefined): string {
    if (sort !== 'asc' && sort !== 'desc') return decline('order');
    if (nulls !== undefined && nulls !== 'first' && nulls !== 'last') return decline('order of nulls');
    const nullsPlace = nulls && ` NULLS ${(nulls === 'first') === isBackward ? 'LAST' : 'FIRST'}`;
    return `${sql} ${(sort === 'asc') === isBackward ? 'DESC' : 'ASC'}${nullsPlace ?? ''}`;
  }
}

function absentLast({ model }: Source, part: Part | undefined): Column | undefined {
  const [[name, order] = []] = Object.entries(part === undefined ? {} : objectOf(part));
  const column = name === undefined ? undefined : model.fields.get(name);
  if (column?.kind !== 'column' || order === undefined || typeof order !== 'object') return undefined;
  return objectOf(order).nulls === 'last' ? column : undefined;
}
