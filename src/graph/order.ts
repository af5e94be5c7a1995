import { builder } from '../builder.ts';
import type { SortKey } from './page.ts';

export const OrderDirection = builder.enumType('OrderDirection', {
  description: 'The direction of an order. What has no value comes last in either.',
  values: {
    ASC: { description: 'From small to large, from A to Z, from the past to the future.' },
    DESC: { description: 'From large to small, from Z to A, from the future to the past.' },
  },
});

export interface OrderField {
  columns: readonly (string | readonly string[])[];
  description: string;
}

interface OrderValue {
  by: string;
  direction: 'ASC' | 'DESC';
}

/** An `orderBy` argument's type, and how its values become columns. */
export function defineOrder(noun: string, plural: string, fields: Record<string, OrderField>, standard: readonly SortKey[]) {
  const by = builder.enumType(`${noun}OrderField`, {
    description: `What a list of ${plural} can be ordered by.`,
    values: Object.fromEntries(Object.entries(fields).map(([name, { description }]) => [name, { description }])),
  });
  const ref = builder.inputType(`${noun}Order`, {
    description: `One order of a list of ${plural}. Between those that are equal in it, the next order decides, and at last their ids.`,
    fields: (t) => ({
      by: t.field({ type: by, required: true, description: 'What to order by.' }),
      direction: t.field({ type: OrderDirection, required: true, defaultValue: 'ASC', description: 'In which direction.' }),
    }),
  });
  return {
    ref,
    keys: (orders: readonly OrderValue[] | null | undefined): readonly SortKey[] =>
      orders && orders.length > 0
        ? orders.flatMap(({ by, direction }) =>
            (fields[by]?.columns ?? []).map((column) => ({
              path: typeof column === 'string' ? [column] : column,
              direction: direction === 'DESC' ? ('desc' as const) : ('asc' as const),
            })),
          )
        : standard,
  };
}

/** The orders that every kind of record has. */
export const recordOrders = {
  CREATED_AT: { columns: ['createdAt'], description: 'When the record was made.' },
  UPDATED_AT: { columns: ['updatedAt'], description: 'When the record was last changed.' },
};
