import { userError } from '../errors.ts';
import { fieldAt } from './model.ts';

/** The arguments of a connection, after Relay. */
export interface PageArgs {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

/** One column that a list is sorted by: its path from the listed row, through required relations. */
export interface SortKey {
  path: readonly string[];
  direction: 'asc' | 'desc';
}

/** A Prisma `where`, `select` or `orderBy`, made at run time from the data model's names. */
export type Query = Record<string, unknown>;

/** What to ask of the database for a page, and how to make the page of what comes. */
export interface Page {
  /** What lies between the cursors; undefined without cursors. */
  where: Query | undefined;
  orderBy: Query[];
  /** One row more than the page holds tells whether there are more. */
  take: number;
  /** The columns that cursors are made of. */
  select: Query;
  /** @param nodeOf leads from a row to the record that it lists: the row itself when absent. */
  connect<Row extends object, Node = Row>(rows: readonly Row[], nodeOf?: (row: Row) => Node): Connected<Node>;
}

export interface Connected<Node> {
  edges: { readonly cursor: string; node: Node }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

export const maxPageSize = 100;
export const defaultPageSize = 20;

/**
 * Reads a page's arguments. Pages are cut by value, not by count: a cursor holds what its row is
 * sorted by, so that a list which grows or shrinks meanwhile neither repeats nor skips a row.
 * Missing values come last in either direction.
 * @param model the Prisma model of the listed rows.
 * @param keys what the list is sorted by; the id decides between equals, so the order is total.
 * @throws {GraphQLError} INVALID_PAGE or INVALID_CURSOR.
 */
export function readPage(model: string, keys: readonly SortKey[], args: PageArgs): Page {
  const size = pageSize(args);
  const backward = args.last != null;
  const sort = withId(keys);
  const columns = sort.map(({ path }) => fieldAt(model, path));
  const order = fingerprint(`${model} ${sort.map(({ path, direction }) => `${path.join('.')} ${direction}`).join(', ')}`);
  const kinds = columns.map(({ type, isId, isRequired }, i) => ({
    type: isId || sort[i]?.path.at(-1)?.endsWith('Id') ? 'Uuid' : type,
    nullable: !isRequired,
  }));
  const after = readCursor('after', args, order, kinds);
  const before = readCursor('before', args, order, kinds);
  const bounds = [after && beyond(sort, columns, after, false), before && beyond(sort, columns, before, true)].filter(
    (bound) => bound !== undefined,
  );
  return {
    where: bounds.length > 0 ? { AND: bounds } : undefined,
    orderBy: sort.map(({ path, direction }, i) => {
      const sortOrder = backward === (direction === 'asc') ? 'desc' : 'asc';
      return nest(path, columns[i]?.isRequired ? sortOrder : { sort: sortOrder, nulls: backward ? 'first' : 'last' });
    }),
    take: size + 1,
    select: sort.reduce<Query>((select, { path }) => mergeSelect(select, nest(path, true)), {}),
    connect: (rows, nodeOf) =>
      connectPage(
        rows,
        args,
        (row) =>
          writeCursor(
            order,
            sort.map(({ path }) => valueAt(row, path)),
          ),
        nodeOf,
      ),
  };
}

/** Makes a page of the rows that were found for it, of which there may be one more than it holds. */
export function connectPage<Row extends object, Node = Row>(
  rows: readonly Row[],
  args: PageArgs,
  cursorOf: (row: Row) => string,
  nodeOf = (row: Row) => row as unknown as Node,
): Connected<Node> {
  const size = pageSize(args);
  const backward = args.last != null;
  const more = rows.length > size;
  const page = more ? rows.slice(0, size) : rows;
  const edges = page.map((row) => new Entry(row, nodeOf(row), cursorOf));
  if (backward) edges.reverse();
  return { edges, pageInfo: new PageInfo(edges, backward ? args.before != null : more, backward ? more : args.after != null) };
}

/** An entry of a page, with the row that it stands for. Its cursor is made when it is asked for, which it seldom is. */
class Entry<Row, Node> {
  readonly row: Row;
  readonly node: Node;
  private readonly cursorOf: (row: Row) => string;

  constructor(row: Row, node: Node, cursorOf: (row: Row) => string) {
    this.row = row;
    this.node = node;
    this.cursorOf = cursorOf;
  }

  get cursor(): string {
    return this.cursorOf(this.row);
  }
}

class PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  private readonly edges: readonly { readonly cursor: string }[];

  constructor(edges: readonly { readonly cursor: string }[], hasNextPage: boolean, hasPreviousPage: boolean) {
    this.edges = edges;
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
  }

  get startCursor(): string | null {
    return this.edges[0]?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.edges.at(-1)?.cursor ?? null;
  }
}

/**
 * How many entries a page holds.
 * @throws {GraphQLError} INVALID_PAGE.
 */
export function pageSize({ first, last }: PageArgs): number {
  if (first != null && last != null) {
    throw userError('INVALID_PAGE', 'Give `first` or `last`, not both.');
  }
  const size = first ?? last ?? defaultPageSize;
  if (size < 0 || size > maxPageSize) {
    const name = first != null ? 'first' : 'last';
    throw userError(
      'INVALID_PAGE',
      `\`${name}\` is ${size}; a page holds 0 to ${maxPageSize}. Take more in several pages, with \`after\`.`,
    );
  }
  return size;
}

/** An order with the id at its end, in the direction of what stands before it. */
export function withId(keys: readonly SortKey[]): readonly SortKey[] {
  const last = keys.at(-1);
  if (last && /(^i|I)d$/.test(last.path.at(-1) ?? '')) return keys;
  return [...keys, { path: ['id'], direction: last?.direction ?? 'asc' }];
}

export type Value = string | number | bigint | Date | null;

/** The rows that come after a cursor's row, or before it: `a > x OR (a = x AND b > y)` and so on. */
function beyond(sort: readonly SortKey[], columns: readonly { isRequired: boolean }[], values: readonly Value[], backward: boolean): Query {
  const alternatives: Query[] = [];
  const equal: Query[] = [];
  sort.forEach(({ path, direction }, i) => {
    const value = values[i] ?? null;
    const past = pastValue(path, value, (direction === 'asc') !== backward ? 'gt' : 'lt', !columns[i]?.isRequired, backward);
    if (past) alternatives.push({ AND: [...equal, past] });
    equal.push(nest(path, value));
  });
  return { OR: alternatives };
}

function pastValue(path: readonly string[], value: Value, operator: 'gt' | 'lt', nullable: boolean, backward: boolean): Query | undefined {
  if (value === null) return backward ? nest(path, { not: null }) : undefined;
  const past = nest(path, { [operator]: value });
  return nullable && !backward ? { OR: [past, nest(path, null)] } : past;
}

/** `['document', 'id']` and `true` make `{ document: { id: true } }`. */
export function nest(path: readonly string[], value: unknown): Query {
  return path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Query;
}

function mergeSelect(select: Query, more: Query): Query {
  const merged = { ...select };
  for (const [name, value] of Object.entries(more)) {
    const inner = merged[name];
    if (value === true) merged[name] = true;
    else merged[name] = { select: mergeSelect((inner as { select: Query } | undefined)?.select ?? {}, value as Query) };
  }
  return merged;
}

function valueAt(row: object, path: readonly string[]): Value {
  return path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], row) as Value;
}

/**
 * A cursor: the values that its row is sorted by, and a mark of the order.
 * @param order the order's fingerprint.
 */
export function writeCursor(order: string, values: readonly Value[]): string {
  return Buffer.from(JSON.stringify([order, ...values.map((value) => (typeof value === 'bigint' ? String(value) : value))])).toString(
    'base64url',
  );
}

/** What a value of a cursor may be. */
interface ValueKind {
  /** Its Prisma type, `Uuid` for an id. */
  type: string;
  nullable?: boolean;
}

/**
 * The values of a cursor, or undefined when none was given.
 * @param order the order's fingerprint.
 * @throws {GraphQLError} INVALID_CURSOR.
 */
export function readCursor(name: 'after' | 'before', args: PageArgs, order: string, kinds: readonly ValueKind[]): Value[] | undefined {
  const cursor = args[name];
  if (cursor == null) return undefined;
  const refuse = (why: string) =>
    userError(
      'INVALID_CURSOR',
      `\`${name}\` is not a cursor of this list${why}. Take cursors from its \`edges\` or \`pageInfo\`, with the same \`orderBy\`.`,
    );
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw refuse('');
  }
  if (!Array.isArray(parts) || typeof parts[0] !== 'string') throw refuse('');
  if (parts[0] !== order) throw refuse(': it comes from a list with another order');
  if (parts.length !== kinds.length + 1) throw refuse('');
  return kinds.map((kind, i) => {
    const value = readValue(kind, parts[i + 1]);
    if (value === undefined) throw refuse('');
    return value;
  });
}

function readValue({ type, nullable }: ValueKind, value: unknown): Value | undefined {
  if (value === null) return nullable ? null : undefined;
  if (type === 'Int') return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31 ? (value as number) : undefined;
  if (type === 'Float') return typeof value === 'number' ? value : undefined;
  if (typeof value !== 'string' || value.includes('\0')) return undefined;
  if (type === 'Uuid') return uuid.test(value) ? value : undefined;
  if (type === 'BigInt') return /^\d{1,18}$/.test(value) ? BigInt(value) : undefined;
  if (type !== 'DateTime') return value;
  const date = new Date(value);
  // The years that Prisma's adapters know how to write.
  return date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999 ? date : undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Tells one order from another in a cursor, in a few characters (FNV-1a). */
export function fingerprint(order: string): string {
  let hash = 0x811c9dc5;
  for (const character of order) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}
