import { getRefFromModel } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { readingDelegate } from '../database/reads.ts';
import { type ConnectionRef, connectionOf, type Delegate } from './connection.ts';
import { defineFilter, type Filter, type FilterField, listFilter } from './filter.ts';
import { defineOrder, type OrderField } from './order.ts';
import type { Query, SortKey } from './page.ts';

/** A kind of record as the rest of the graph reaches it: by its model's name, so that slices don't import each other. */
export interface Noun {
  model: string;
  /** The records that the viewer may see. */
  visible(context: Pick<Context, 'viewer'>): Query;
  filter: Filter;
  /** A condition on a relation to many of these. */
  list: ReturnType<typeof listFilter>;
  order: ReturnType<typeof defineOrder>;
  connection: ConnectionRef;
}

interface Definition {
  model: string;
  /** Several of these, in a sentence. */
  plural: string;
  visible(context: Pick<Context, 'viewer'>): Query;
  filter: () => Record<string, FilterField>;
  orders: Record<string, OrderField>;
  /** The order when none is asked for. */
  standardOrder: readonly SortKey[];
}

const nouns = new Map<string, Noun>();

export function defineNoun({ model, plural, visible, filter: fields, orders, standardOrder }: Definition): Noun {
  const filter = defineFilter(model, `Which ${plural} are meant.`, fields);
  const noun: Noun = {
    model,
    visible,
    filter,
    list: listFilter(model, plural, { filter, visible }),
    order: defineOrder(model, plural, orders, standardOrder),
    connection: connectionOf(refOf(model), model, plural),
  };
  nouns.set(model, noun);
  return noun;
}

/** @throws when no slice has defined it: a mistake in the code. */
export function nounOf(model: string): Noun {
  const noun = nouns.get(model);
  if (!noun) throw new Error(`No slice defines ${model}.`);
  return noun;
}

/** The GraphQL type of a model. */
export function refOf(model: string) {
  return getRefFromModel(model, builder);
}

/** What a model's rows are read with, on the client of the request. */
export function delegateOf(model: string, context: Context): Delegate {
  return readingDelegate(context, model);
}

export type Info = GraphQLResolveInfo;
