import type { FieldMap, ObjectRef, OutputRef } from '@pothos/core';
import { builder, type SchemaTypes } from '../builder.ts';
import type { Selection } from '../compiler/answer/index.ts';
import type { Context } from '../context.ts';
import { type Connected, type Page, type PageArgs, type Query, readPage, type SortKey, withId } from './page.ts';

/** What a connection's resolver returns; the count is asked for only when it is selected. */
export interface ConnectionShape<Row> extends Connected<Row> {
  totalCount?: number | (() => Promise<number>);
}

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
export type ConnectionRef = ObjectRef<Types, ConnectionShape<never>>;
type Fields<Shape> = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>) => FieldMap;

/** One entry as the resolvers of an edge's own fields get it. */
export interface Edge {
  cursor: string;
  node: object;
  /** The row that the entry was made from: the node itself, or the link that leads to it. */
  row: Record<string, unknown>;
}

/** A connection type, such as `PersonConnection`, with its edge type. */
export function connectionOf(node: OutputRef, name: string, plural: string, edgeFields?: Fields<Edge>): ConnectionRef {
  const fields: Fields<ConnectionShape<never>> = (t) => ({
    totalCount: t.int({
      description: 'How many there are in the whole list; counted only when it is asked for.',
      resolve: ({ totalCount }) => (typeof totalCount === 'function' ? totalCount() : (totalCount ?? 0)),
    }),
  });
  // The plugin's types follow the node's own shape through both; here nodes are of any shape.
  return builder.connectionObject(
    { type: node, name: `${name}Connection`, description: `A page of a list of ${plural}, after Relay.`, fields } as never,
    { name: `${name}Edge`, description: `One entry of a page of ${plural}.`, fields: edgeFields } as never,
  ) as unknown as ConnectionRef;
}

/** What a list holds and how it is sorted, as pure functions of its arguments and the viewer. */
export interface ListQuery<Args> {
  where(args: Args, context: Context): Query;
  orderBy(args: Args): readonly SortKey[];
}

/** Where the nodes stand below a connection in a document. */
export const nodePaths = [[{ name: 'nodes' }], [{ name: 'edges' }, { name: 'node' }]];

interface Relation<Args> extends ListQuery<Args> {
  /** The relation of the parent's model that holds the list. */
  relation: string;
  /** The model of the relation's rows. */
  model: string;
  /** When the rows are links: the relation that leads to the listed records. */
  through?: string;
  /** Columns of the listed records that the links keep too, by their names there: an order that an index serves. */
  kept?: Readonly<Record<string, string>>;
  /** The GraphQL type of the nodes. */
  node: string;
  /** Columns of the rows that the edges' own fields read. */
  select?: Query;
}

/**
 * The options of a field that is a connection over a relation of its parent. The field declares what
 * it reads, so that a whole nested query is planned at once; see docs/decisions/0006-reading.md.
 */
export function relationConnection<Args extends PageArgs>(list: Relation<Args>) {
  const { relation, model, through, where, orderBy } = list;
  // The plan and each parent's rows ask for the page of the same arguments.
  const pages = new WeakMap<Args, Page>();
  const pageOf = (args: Args) => {
    const page = pages.get(args) ?? readPage(model, linkOrder(list, orderBy(args)), args);
    pages.set(args, page);
    return page;
  };
  const nodeOf = through ? (row: Record<string, unknown>) => row[through] : undefined;
  return {
    extensions: {
      pothosPrismaSelect: (args: Args, context: Context, nestedQuery: NestedQuery, selected: () => ReadonlySet<string>) => {
        const page = attempt(() => pageOf(args));
        // The resolver meets the same mistake, and there it has the field's own path.
        if (!page) return null;
        const filter = through ? { [through]: where(args, context) } : where(args, context);
        const select: Query = {};
        if (selected().has('totalCount')) select._count = { select: { [relation]: { where: filter } } };
        if (wantsRows(selected())) select[relation] = planRows(list, page, filter, wantsCursors(selected()), nestedQuery);
        return { select };
      },
      pothosPrismaLoaded: (parent: Parent) => parent[relation] !== undefined || parent._count?.[relation] !== undefined,
    },
    resolve: (parent: object, args: Args): ConnectionShape<never> => {
      const { [relation]: rows = [], _count } = parent as Parent;
      const { edges, pageInfo } = pageOf(args).connect(rows as Record<string, unknown>[], nodeOf);
      return { pageInfo, edges: edges as never, totalCount: _count?.[relation] ?? 0 };
    },
  };
}

type Parent = Record<string, unknown> & { _count?: Record<string, number> };
type NestedQuery = (query: Query, path: object) => { select?: Query };

/** An order of the listed records as one of the relation's rows. */
function linkOrder({ through, kept }: Relation<never>, keys: readonly SortKey[]): readonly SortKey[] {
  if (!through) return keys;
  return withId(keys).map(({ path, direction }) => {
    const own = kept?.[path.join('.')];
    return { direction, path: own ? [own] : [through, ...path] };
  });
}

/** What to ask of the relation for a page, with all that is asked below it. */
function planRows(
  { through, node, select }: Relation<never>,
  page: Page,
  filter: Query,
  withCursors: boolean,
  nestedQuery: NestedQuery,
): Query {
  const own = { ...(withCursors ? page.select : undefined), ...select };
  const ofNode = ((through ? own[through] : undefined) as { select: Query } | undefined)?.select;
  const nested = nestedQuery({ select: { ...(through ? ofNode : own) } }, { getType: () => node, paths: nodePaths });
  return {
    where: page.where ? { AND: [filter, page.where] } : filter,
    orderBy: page.orderBy,
    take: page.take,
    select: through ? { ...own, [through]: orId(nested) } : orId(nested).select,
  };
}

/** A query of records of which nothing is asked, as for `__typename`: there is no row without a column. */
const orId = ({ select }: { select?: Query }): { select: Query } => ({
  select: select && Object.keys(select).length > 0 ? select : { id: true },
});

/** The part of a Prisma delegate that a list needs. */
export interface Delegate {
  findMany(query: Query): Promise<object[]>;
  count(query: Query): Promise<number>;
}

/** Resolves a connection over all records of a model. */
export async function rootConnection<Args extends PageArgs>(
  { model, delegate, where, orderBy }: ListQuery<Args> & { model: string; delegate: Delegate },
  args: Args,
  context: Context,
  selection: Selection,
): Promise<ConnectionShape<never>> {
  const page = readPage(model, orderBy(args), args);
  const filter = where(args, context);
  const [rows, totalCount] = await Promise.all([
    wantsRows(selection.names) ? findPage(model, delegate, filter, page, selection) : [],
    selection.names.has('totalCount') ? delegate.count({ where: filter }) : undefined,
  ]);
  const { edges, pageInfo } = page.connect(rows);
  return { pageInfo, edges: edges as never, totalCount };
}

function findPage(model: string, delegate: Delegate, filter: Query, page: Page, selection: Selection) {
  return delegate.findMany({
    ...selection.query(model, nodePaths, wantsCursors(selection.names) ? page.select : undefined),
    where: page.where ? { AND: [filter, page.where] } : filter,
    orderBy: page.orderBy,
    take: page.take,
  });
}

function wantsRows(selected: ReadonlySet<string>): boolean {
  return selected.has('edges') || selected.has('nodes') || selected.has('pageInfo');
}

/** Whether something that is asked for has a cursor: of the two, only `edges` may well be without. */
function wantsCursors(selected: ReadonlySet<string>): boolean {
  return selected.has('edges') || selected.has('pageInfo');
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
