import type { InputRef } from '@pothos/core';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { all, any, everything, exactly, not } from './condition.ts';
import type { Query } from './page.ts';

/** The value of an input object, as GraphQL has coerced it. */
export type Input = Record<string, unknown>;

/** One field of a filter: its GraphQL type, and the Prisma `where` that its value stands for. */
export interface FilterField {
  type: unknown;
  description: string;
  where(value: unknown, context: Context, model: string): Query;
}

export interface Filter {
  ref: InputRef<Input>;
  /** An absent filter holds for every record. */
  where(value: Input | null | undefined, context: Context): Query;
}

/**
 * A filter of a noun: its own fields, and `and`, `or`, `not`. The fields are given by a function, since
 * filters reach each other in circles.
 */
export function defineFilter(model: string, description: string, fields: () => Record<string, FilterField>): Filter {
  const ref = builder.inputRef<Input>(`${model}Filter`);
  let known: Record<string, FilterField> | undefined;
  const filter: Filter = {
    ref,
    where: (value, context) => {
      if (!value) return everything;
      known ??= fields();
      const conditions: Query[] = [];
      for (const [key, part] of Object.entries(value)) {
        if (part == null) continue;
        if (key === 'and') conditions.push(all((part as Input[]).map((each) => filter.where(each, context))));
        else if (key === 'or') conditions.push(any((part as Input[]).map((each) => filter.where(each, context))));
        else if (key === 'not') conditions.push(not(filter.where(part as Input, context)));
        else conditions.push(known[key]?.where(part, context, model) ?? everything);
      }
      return all(conditions);
    },
  };
  ref.implement({
    description: `${description} All fields that are given must hold.`,
    fields: (t) => ({
      ...Object.fromEntries(
        Object.entries(fields()).map(([key, { type, description }]) => [key, t.field({ type: type as never, description })]),
      ),
      and: t.field({ type: [ref], description: 'All of these must hold.' }),
      or: t.field({ type: [ref], description: 'At least one of these must hold; none does when the list is empty.' }),
      not: t.field({ type: ref, description: 'This must not hold. A condition on an absent value does not hold, so its `not` does.' }),
    }),
  });
  return filter;
}

/** The records at the other end of a relation: which are meant, and which may be seen. */
interface Target {
  filter: Filter;
  visible(context: Context): Query;
}

/** Whether a relation to one record leads to one that may be seen. */
export const has = (relation: string, { visible }: Target, description: string): FilterField => ({
  type: 'Boolean',
  description,
  where: (value, context) => exactly({ [relation]: { is: visible(context) } }, value === true),
});

/** A relation to one record: the record is there, may be seen, and meets the filter. */
export const one = (relation: string, { filter, visible }: Target, description: string): FilterField => ({
  type: filter.ref,
  description,
  where: (value, context) => ({ [relation]: { is: all([visible(context), filter.where(value as Input, context)]) } }),
});

/**
 * A relation to many records: `some` or `none` of those that may be seen meet the filter. Its input is in the
 * schema when a field of one is asked for.
 */
export function listFilter(name: string, records: string, { filter, visible }: Target) {
  let ref: InputRef<Input> | undefined;
  const type = () => {
    ref ??= builder.inputRef<Input>(`${name}ListFilter`).implement({
      description: `A condition on a list of ${records}. All operators that are given must hold.`,
      fields: (t) => ({
        some: t.field({ type: filter.ref, description: 'At least one meets this.' }),
        none: t.field({ type: filter.ref, description: 'Not one meets this.' }),
      }),
    });
    return ref;
  };
  return (relation: string, description: string, through?: string): FilterField => ({
    type: type(),
    description,
    where: (value, context) =>
      all(
        Object.entries(value as Input)
          .filter(([, inner]) => inner != null)
          .map(([quantifier, inner]) => {
            const where = all([visible(context), filter.where(inner as Input, context)]);
            return { [relation]: { [quantifier]: through ? { [through]: where } : where } };
          }),
      ),
  });
}
