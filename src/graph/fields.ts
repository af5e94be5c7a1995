import type { ArgBuilder, FieldRef } from '@pothos/core';
import { type Reached as Seen, seen, seenColumnsOf } from '../auth/viewer.ts';
import type { SchemaTypes } from '../builder.ts';
import type { Context } from '../context.ts';
import { userError } from '../errors.ts';
import { relationConnection } from './connection.ts';
import type { Input } from './filter.ts';
import { descriptionOf, fieldOf } from './model.ts';
import { nounOf, refOf } from './noun.ts';
import type { PageArgs, Query, SortKey } from './page.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
export type AnyField = FieldRef<Types>;

/**
 * The field builder of any model. Pothos checks a field's name and columns against its model; the helpers
 * here make fields of many models, and check them against the data model when the schema is built.
 */
export interface AnyFields {
  arg: ArgBuilder<Types>;
  field(options: never): unknown;
  relation(name: never, options: never): unknown;
}

interface List {
  /** The relation of the parent that holds the list. */
  relation: string;
  /** The model of the listed records. */
  of: string;
  /** When the relation's rows are links: the relation that leads to the records. */
  through?: string;
  /** Columns of the records that the links keep too. */
  kept?: Readonly<Record<string, string>>;
  description: string;
  /** A condition beside the filter's and visibility. */
  where?: (context: Context) => Query;
  orderBy?: readonly SortKey[];
}

export interface ListArgs extends PageArgs {
  where?: Input | null;
  orderBy?: { by: string; direction: 'ASC' | 'DESC' }[] | null;
}

/** The arguments of every list of a noun: the page, `where` and `orderBy`. */
export function listArgs(t: Pick<AnyFields, 'arg'>, model: string) {
  const { filter, order } = nounOf(model);
  return {
    ...t.arg.connectionArgs(),
    where: t.arg({ type: filter.ref, required: false, description: 'Only those that meet this.' }),
    orderBy: t.arg({ type: [order.ref], required: false, description: 'The order; the first one decides, then the next.' }),
  };
}

/** A list of records of a noun that hang on the parent, in pages. */
export function listField(t: AnyFields, parent: string, { relation, of, through, kept, description, where, orderBy }: List) {
  const noun = nounOf(of);
  const { type } = fieldOf(parent, relation);
  return t.field({
    type: noun.connection,
    description,
    args: listArgs(t, of),
    ...relationConnection<ListArgs>({
      relation,
      model: type,
      through,
      kept,
      node: of,
      where: (args, context) => ({ AND: [noun.visible(context), noun.filter.where(args.where, context), where?.(context) ?? {}] }),
      orderBy: (args) => (args.orderBy?.length ? noun.order.keys(args.orderBy) : (orderBy ?? noun.order.keys(null))),
    }),
  } as never) as AnyField;
}

/** A field of an interface with the type and arguments of a `listField`; the types that implement it resolve it. */
export function listSignature(t: Pick<AnyFields, 'arg' | 'field'>, of: string, description: string) {
  return t.field({ type: nounOf(of).connection, description, args: listArgs(t, of) } as never) as AnyField;
}

/** A record that hangs on the parent, or null if there is none or the viewer may not see it. */
export function oneField(
  t: AnyFields,
  parent: string,
  relation: string,
  options: { description?: string; nullable?: boolean; also?: Visible } = {},
) {
  const { type, isRequired } = fieldOf(parent, relation);
  const { description = descriptionOf(parent, relation), nullable = !isRequired, also } = options;
  return t.field({
    type: refOf(type),
    nullable,
    description,
    select: (_args: object, { viewer }: Context, nested: Nested) => ({
      [relation]: nested({ select: { ...seenColumnsOf(viewer), ...also?.select } }, [], type),
    }),
    resolve: (row: Row, _args: object, { viewer }: Context) => {
      const found = seen(viewer, row[relation] as Reached | null);
      const visible = found && (!also || also.visible(found, viewer)) ? found : null;
      if (!visible && !nullable) throw hidden(type);
      return visible;
    },
  } as never) as AnyField;
}

/**
 * What is said where a record must be, and may not be seen. Lists hold only links whose ends may be seen; this
 * is for a draft of one's own that leads to what was retracted since.
 */
export function hidden(model: string): Error {
  return userError('NOT_FOUND', `There is no such ${model}.`);
}

/** A condition on more than the record's own status, for a record that is reached by a relation to one. */
export interface Visible {
  select: Query;
  visible(row: Row, viewer: Context['viewer']): boolean;
}

export type Row = Record<string, unknown>;
export type Reached = Row & Seen;
export type Nested = (query: unknown, path: string[], type: string) => unknown;

/** A text column of the parent. */
export function textField(t: AnyFields, parent: string, column: string) {
  return t.field({
    type: 'String',
    description: descriptionOf(parent, column),
    select: { [column]: true },
    resolve: (row: Row) => row[column],
  } as never) as AnyField;
}
