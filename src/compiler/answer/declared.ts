import { typeBrandKey } from '@pothos/core';
import { encodeGlobalID } from '@pothos/plugin-relay';
import type { GraphQLField, GraphQLObjectType } from 'graphql';
import type { Query, Selection } from './selection.ts';

// How each field declares what it reads, found in what Pothos keeps of the schema. A field below the root is
// read from its parent's row when it is a column, or a function of columns and relations that it selects, and
// when that function answers at once, without `info`.

/** What a root field declares in its extension `read`: how it finds its value, given what is asked below it. */
export type ReadRoot = (args: never, context: never, selection: Selection) => Promise<unknown>;

/** Gives the query of a relation with what is asked below the field, as Pothos has it for `select`. */
export type Nested = (query?: true | Query, to?: readonly string[] | NestedPlace, type?: string) => Query;

interface NestedPlace {
  getType?: () => string;
  paths?: readonly (readonly { readonly name: string }[])[];
}

/** What a field selects of its parent's row. */
export type Selects =
  | Query
  | ((args: object, context: object, nested: Nested, names: () => ReadonlySet<string>) => { select?: Query } | null);

/** The value of a field, from its parent's. */
export type Resolve = (parent: never, args: object, context: object) => unknown;

export interface Declared {
  selects?: Selects;
  /** Absent where the value is the parent's property of this name. */
  resolve?: Resolve;
  property?: string;
}

interface FieldExtensions {
  read?: ReadRoot;
  pothosArgMappers?: readonly unknown[];
  pothosResolveWrapped?: boolean;
  pothosConfig?: { kind?: string };
  pothosExposedField?: string;
  pothosOriginalResolve?: Resolve | null;
  pothosPrismaSelect?: Selects;
  pothosPrismaRelationField?: { name: string };
}

interface TypeExtensions {
  pothosPrismaModel?: string;
  pothosPrismaSelect?: Query;
  /** What rows must have whatever is asked of them, in place of the type's own `select`: nothing, when all fields select what they read. */
  readSelect?: Query;
  pothosOptions?: { id?: { resolve?: Resolve } };
}

/** The name of the type that a value was marked with, where abstract types tell their values apart. */
export function brandOf(value: object): string | undefined {
  const { [typeBrandKey]: brand } = value as { [typeBrandKey]?: unknown };
  return typeof brand === 'string' ? brand : undefined;
}

/** How a root field declares that it is read; undefined when it doesn't. */
export function readOf(field: GraphQLField<unknown, unknown>): ReadRoot | undefined {
  return (field.extensions as FieldExtensions).read;
}

/**
 * What rows of a type are asked for: in any case, and when nothing else is, since there is no row without a column.
 * @returns undefined for rows that are read whole.
 */
export function ownSelect(type: GraphQLObjectType): { always: Query; atLeast: Query } | undefined {
  const { pothosPrismaModel, pothosPrismaSelect, readSelect } = type.extensions as TypeExtensions;
  if (!pothosPrismaModel) return { always: {}, atLeast: {} };
  return pothosPrismaSelect && { always: readSelect ?? pothosPrismaSelect, atLeast: pothosPrismaSelect };
}

/** How a field below the root is read from its parent's value; undefined when it has to be executed. */
export function declaredBy(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Declared | undefined {
  const extensions = field.extensions as FieldExtensions;
  const { pothosPrismaModel: model, pothosOptions } = type.extensions as TypeExtensions;
  const idOf = field.name === 'id' ? pothosOptions?.id?.resolve : undefined;
  if (idOf) {
    // The plugin for Relay does the same, but has every id wait for its turn.
    return {
      selects: extensions.pothosPrismaSelect,
      resolve: (row, args, context) => encodeGlobalID(type.name, String(idOf(row, args, context))),
    };
  }
  if (extensions.pothosArgMappers && extensions.pothosArgMappers.length > 0) return undefined;
  // The plugin for Prisma wraps what selects, to load what is missing. What another plugin wraps may be refused there.
  if (extensions.pothosResolveWrapped && extensions.pothosConfig?.kind !== 'PrismaObject') return undefined;
  const { pothosPrismaSelect: selects, pothosExposedField: exposed, pothosPrismaRelationField: relation } = extensions;
  if (exposed !== undefined) return { property: exposed, selects: selects ?? (model ? { [exposed]: true } : undefined) };
  if (relation) return { property: relation.name, selects };
  const resolve = extensions.pothosOriginalResolve;
  if (!resolve) return { property: field.name, selects };
  return resolve.length > 3 ? undefined : { selects, resolve };
}
