import { getNamedType, isInputObjectType, isObjectType } from 'graphql';
import { schema } from '../../src/schema.ts';
import type { Random } from './chance.ts';
import { workFields } from './everything.ts';
import { globalId } from './filters.ts';
import { listOf, type Oracle, type Row } from './oracle.ts';
import { orders } from './relations.ts';

// Every list of the schema, and the order in which its entries stand, in plain JavaScript.

export interface Connection {
  type: string;
  field: string;
  /** The type of its nodes. */
  node: string;
  /** The values of its `orderBy`; none if it has no such argument. */
  orders: string[];
}

/** The fields of the schema whose type is a connection. */
export function connections(): Connection[] {
  return (
    Object.values(schema.getTypeMap())
      .filter(isObjectType)
      // What those who work on the record are told is tested with what they do.
      .filter(({ name }) => !name.endsWith('Payload'))
      .flatMap((type) =>
        Object.values(type.getFields())
          .filter((field) => getNamedType(field.type).name.endsWith('Connection') && !workFields.includes(field.name))
          .map((field) => {
            const connection = getNamedType(field.type);
            const nodes = isObjectType(connection) ? connection.getFields().nodes : undefined;
            if (!nodes) throw new Error(`${connection.name} has no nodes.`);
            const order = field.args.find(({ name }) => name === 'orderBy');
            return {
              type: type.name,
              field: field.name,
              node: getNamedType(nodes.type).name,
              orders: order ? orderFields(getNamedType(order.type).name) : [],
            };
          }),
      )
  );
}

function orderFields(input: string): string[] {
  const type = schema.getType(input);
  const by = isInputObjectType(type) ? type.getFields().by : undefined;
  const values = by && getNamedType(by.type);
  return values && 'getValues' in values ? values.getValues().map(({ name }) => name) : [];
}

export interface Order {
  by: string;
  direction: 'ASC' | 'DESC';
}

/** The standard order, each order in the directions that are asked for, and some of several. */
export function someOrders(names: readonly string[], random: Random, directions: () => Order['direction'][]): Order[][] {
  const each = names.flatMap((by) => directions().map((direction) => ({ by, direction })));
  return [[], ...each.map((order) => [order]), ...(names.length > 1 ? [random.shuffled(each).slice(0, 3)] : [])];
}

/** One entry of a list: the record, and the row that leads to it. */
export interface Entry {
  row: Row;
  link: Row;
}

/** Sorts as a list does: what has no value comes last; between equals the id decides, in the last order's direction. */
export function sorted(oracle: Oracle, node: string, entries: readonly Entry[], by: readonly Order[]): Entry[] {
  const known = orders[node];
  if (!known) throw new Error(`test/support/relations.ts doesn't say what lists of ${node} are ordered by.`);
  const asked = by.flatMap(({ by, direction }) => (known[by] ?? []).map((column) => (direction === 'DESC' ? `-${column}` : column)));
  const keys = asked.length > 0 ? asked : known.standard;
  const sign = keys.at(-1)?.startsWith('-') ? -1 : 1;
  return [...entries].sort((a, b) => {
    for (const key of keys) {
      const [one, other] = [a, b].map(({ row }) => sortValueOf(oracle, node, row, key.replace('-', '')));
      const difference = compare(one, other, key.startsWith('-') ? -1 : 1);
      if (difference !== 0) return difference;
    }
    return sign * (a.row.id < b.row.id ? -1 : a.row.id > b.row.id ? 1 : 0);
  });
}

function compare(one: unknown, other: unknown, sign: number): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return Number(one) < Number(other) ? -sign : sign;
}

function sortValueOf(oracle: Oracle, model: string, row: Row, path: string): unknown {
  const [first = '', second] = path.split('.');
  if (second) return oracle.one(model, row, first)?.[second] ?? null;
  const rank = `rank:${first}`;
  return (rank in row ? row[rank] : row[first]) ?? null;
}

/** The record of a type that has most entries in a list, as far as a reader sees them. */
export function fullest(oracle: Oracle, type: string, field: string): { id: string; row: Row } {
  const size = (row: Row) => oracle.list(type, row, field).length;
  const row = oracle.seen(type).reduce((best, each) => (size(each) > size(best) ? each : best));
  return { id: globalId(type, row.id), row };
}

/** The entries of the lists that have no order of their own: as they are kept. */
export function kept(oracle: Oracle, type: string, row: Row, field: string): Entry[] {
  const { of } = listOf(type, field);
  const by = of === 'DocumentAuthor' ? 'position' : 'id';
  return oracle.list(type, row, field).sort((a, b) => ((a.row[by] as string) < (b.row[by] as string) ? -1 : 1));
}
