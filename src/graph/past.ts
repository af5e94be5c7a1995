import { type GraphQLSchema, isObjectType } from 'graphql';
import { may } from '../auth/viewer.ts';
import type { Context } from '../context.ts';
import { pastOf } from '../database/past.ts';
import type { Info } from './noun.ts';

// Below a field with `asOf`, everything is read as of then: what Pothos planned with the field itself, and
// what it loads by itself further down. So the resolvers there get a context of their own.

/** The argument of the entry points that can look back. */
export const asOfArgument = {
  type: 'DateTime',
  required: false,
  description:
    'Shows the record, and all that hangs on it, as it stood at this instant. What was taken back or merged since stays hidden from readers.',
} as const;

/**
 * The context for a field and all below it, as of an instant; the same context when there is none.
 */
export function contextAsOf(context: Context, info: Info, instant: Date | null | undefined): Context {
  if (!instant) return context;
  const past = { ...context, prisma: pastOf(context.prisma, instant, may(context.viewer, 'EDIT')) };
  context.past ??= new Map();
  context.past.set(info.path, past);
  return past;
}

/** Makes the resolvers of a schema take the context of the field with `asOf` that they stand below. */
export function followPast(schema: GraphQLSchema): GraphQLSchema {
  const roots = new Set<unknown>([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || roots.has(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      if (!resolve) continue;
      field.resolve = (parent, args, context: Context, info) =>
        resolve(parent, args, context.past ? contextAt(context, context.past, info.path) : context, info);
    }
  }
  return schema;
}

function contextAt(context: Context, past: NonNullable<Context['past']>, path: Info['path']): Context {
  for (let at: Info['path'] | undefined = path; at; at = at.prev) {
    const found = past.get(at);
    if (found) return found;
  }
  return context;
}
