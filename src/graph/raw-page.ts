import { Prisma } from '../generated/prisma/client.ts';
import { connectPage, fingerprint, type Page, type PageArgs, pageSize, readCursor, type Value, writeCursor } from './page.ts';

/** One column that a statement of our own is sorted by. The name becomes SQL text: it never comes from a request. */
export interface RawKey {
  column: string;
  type: 'Float' | 'DateTime' | 'Uuid';
  direction: 'asc' | 'desc';
  nullable?: boolean;
}

/** The parts of a statement that finds a page: as `readPage` does for Prisma's arguments. */
export interface RawPage {
  where: Prisma.Sql;
  orderBy: Prisma.Sql;
  limit: number;
  connect: Page['connect'];
}

/**
 * Reads the arguments of a page that a statement of our own finds. The last key decides between equals.
 * @param name names the list, so that its cursors are not taken for those of another.
 * @throws {GraphQLError} INVALID_PAGE or INVALID_CURSOR.
 */
export function readRawPage(name: string, keys: readonly RawKey[], args: PageArgs): RawPage {
  const order = fingerprint(`${name} ${keys.map(({ column, direction }) => `${column} ${direction}`).join(', ')}`);
  const backward = args.last != null;
  const after = readCursor('after', args, order, keys);
  const before = readCursor('before', args, order, keys);
  const bounds = [after && beyond(keys, after, false), before && beyond(keys, before, true)].filter((bound) => bound !== undefined);
  const limit = pageSize(args) + 1;
  return {
    limit,
    where: bounds.length > 0 ? Prisma.join(bounds, ' AND ') : Prisma.sql`true`,
    orderBy: Prisma.raw(
      keys
        .map(
          ({ column, direction, nullable }) =>
            `"${column}" ${backward === (direction === 'asc') ? 'DESC' : 'ASC'}${nullable ? ` NULLS ${backward ? 'FIRST' : 'LAST'}` : ''}`,
        )
        .join(', '),
    ),
    connect: (rows, nodeOf) =>
      connectPage(
        rows,
        args,
        (row) =>
          writeCursor(
            order,
            keys.map(({ column }) => (row as Record<string, Value>)[column] ?? null),
          ),
        nodeOf,
      ),
  };
}

const casts = { Float: 'float8', DateTime: 'timestamptz', Uuid: 'uuid' } as const;

function beyond(keys: readonly RawKey[], values: readonly Value[], backward: boolean): Prisma.Sql {
  const alternatives: Prisma.Sql[] = [];
  const equal: Prisma.Sql[] = [];
  keys.forEach((key, i) => {
    const column = Prisma.raw(`"${key.column}"`);
    const value = values[i] ?? null;
    const past = pastValue(key, column, value, backward);
    if (past) alternatives.push(Prisma.sql`(${Prisma.join([...equal, past], ' AND ')})`);
    equal.push(Prisma.sql`${column} IS NOT DISTINCT FROM ${value}${Prisma.raw(`::${casts[key.type]}`)}`);
  });
  return alternatives.length > 0 ? Prisma.sql`(${Prisma.join(alternatives, ' OR ')})` : Prisma.sql`false`;
}

function pastValue({ type, direction, nullable }: RawKey, column: Prisma.Sql, value: Value, backward: boolean): Prisma.Sql | undefined {
  if (value === null) return backward ? Prisma.sql`${column} IS NOT NULL` : undefined;
  const operator = Prisma.raw((direction === 'asc') !== backward ? '>' : '<');
  const past = Prisma.sql`${column} ${operator} ${value}${Prisma.raw(`::${casts[type]}`)}`;
  return nullable && !backward ? Prisma.sql`(${past} OR ${column} IS NULL)` : past;
}
