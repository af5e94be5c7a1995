import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
} from 'graphql';
import { defaultPageSize } from '../graph/page.ts';

/** How much an operation asks for, with its fragments put in their places. */
export interface Measure {
  /** Fields below one another. Introspection has a limit of its own in GraphQL.js, and counts as one. */
  depth: number;
  aliases: number;
  rootFields: number;
  /** The records that the answer can hold. */
  nodes: number;
  /** The representations that `_entities` is given. */
  entities: number;
}

/** What one selection set adds. */
interface Part {
  depth: number;
  aliases: number;
  fields: number;
  nodes: number;
  entities: number;
}

const nothing: Part = { depth: 0, aliases: 0, fields: 0, nodes: 0, entities: 0 };

const introspection = new Map([SchemaMetaFieldDef, TypeMetaFieldDef].map((field) => [field.name, field]));

/** How many entries are reckoned for a list without pages, such as the other names of a person. */
const partsOfRecord = 5;

/** The measures of an operation by what its variables say of the sizes of pages, and which variables say that. */
interface Known {
  schema: GraphQLSchema;
  sizes: ReadonlySet<string>;
  measures: Map<string, Measure>;
}

const known = new WeakMap<OperationDefinitionNode, Known>();

/** How many measures are kept of one operation. */
const mostKnown = 20;

/** Measures a valid operation, once for the same sizes of pages. */
export function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Measure {
  const before = known.get(operation);
  if (before?.schema === schema) {
    const found = before.measures.get(sizesIn(before.sizes, variables));
    if (found) return found;
  }
  const sizes = new Set<string>();
  const found = measureAnew(schema, document, operation, variables, sizes);
  const kept = before?.schema === schema ? before : { schema, sizes, measures: new Map<string, Measure>() };
  if (kept.measures.size < mostKnown) kept.measures.set(sizesIn(kept.sizes, variables), found);
  known.set(operation, kept);
  return found;
}

/** All that is looked at in the values of variables. */
function sizesIn(names: ReadonlySet<string>, variables: Record<string, unknown>): string {
  if (names.size === 0) return '';
  return Array.from(names, (name) => {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (Array.isArray(value)) return `list ${value.length}`;
    return typeof value === 'number' ? String(value) : value == null ? 'none' : 'another';
  }).join();
}

/**
 * Measures a valid operation. Each fragment is measured once for each type that it is spread on, however
 * often that is, so the time grows with the document and not with what it unfolds to.
 * @param variables as they came with the request; they are read only for the sizes of pages.
 * @param sizes takes the names of those that were looked at, which are the same whatever their values are.
 */
function measureAnew(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
  sizes: Set<string>,
): Measure {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, Part>();
  const standards = new Map(operation.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]));

  function ofSelections({ selections }: SelectionSetNode, type: GraphQLNamedType): Part {
    const sum: Part = { ...nothing };
    for (const selection of selections) {
      const part =
        selection.kind === Kind.FIELD
          ? ofField(selection, type)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? ofSelections(selection.selectionSet, (selection.typeCondition && schema.getType(selection.typeCondition.name.value)) ?? type)
            : ofFragment(selection.name.value, type);
      sum.depth = Math.max(sum.depth, part.depth);
      sum.aliases += part.aliases;
      sum.fields += part.fields;
      sum.nodes += part.nodes;
      sum.entities += part.entities;
    }
    return sum;
  }

  function ofFragment(name: string, type: GraphQLNamedType): Part {
    const key = `${name} ${type.name}`;
    const known = measured.get(key);
    if (known) return known;
    const fragment = fragments.get(name);
    const part = fragment ? ofSelections(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value) ?? type) : nothing;
    measured.set(key, part);
    return part;
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType): Part {
    const aliases = node.alias ? 1 : 0;
    const own = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    const field = own ?? introspection.get(node.name.value);
    if (!field || !node.selectionSet) return { ...nothing, depth: 1, aliases, fields: 1 };
    const type = getNamedType(field.type);
    const inner = ofSelections(node.selectionSet, type);
    // The answer of introspection doesn't grow with the record, but aliases multiply it.
    if (!own) return { ...nothing, depth: 1, aliases: aliases + inner.aliases, fields: 1 };
    return {
      depth: inner.depth + 1,
      aliases: aliases + inner.aliases,
      fields: 1,
      nodes: nodesOf(node, field, type, inner.nodes),
      entities: node.name.value === '_entities' ? (pageSize(node, field) ?? 0) : 0,
    };
  }

  function nodesOf(node: FieldNode, field: GraphQLField<unknown, unknown>, type: GraphQLNamedType, inner: number): number {
    const size = pageSize(node, field);
    if (size !== undefined) return size * (1 + inner);
    // The parts of a connection: their records were counted with it.
    if (!isCompositeType(type) || type.name === 'PageInfo' || type.name.endsWith('Edge') || isPart(node, field)) return inner;
    const list = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    return list ? partsOfRecord * (1 + inner) : 1 + inner;
  }

  /** How many records a field can give by its arguments; undefined for a field that has no such arguments. */
  function pageSize(node: FieldNode, field: GraphQLField<unknown, unknown>): number | undefined {
    const value = (name: string) => {
      const argument = node.arguments?.find((each) => each.name.value === name)?.value;
      if (argument?.kind !== Kind.VARIABLE) return sizeOf(argument);
      sizes.add(argument.name.value);
      const given = Object.hasOwn(variables, argument.name.value) ? variables[argument.name.value] : undefined;
      return given ?? sizeOf(standards.get(argument.name.value));
    };
    if (field.args.some(({ name }) => name === 'first')) {
      // Both are looked at, so that the same is looked at each time.
      const [first, last] = [value('first'), value('last')];
      const size = first ?? last;
      return typeof size === 'number' ? Math.max(0, size) : defaultPageSize;
    }
    const list = field.args.find(({ name }) => name === 'ids' || name === 'representations');
    if (!list) return undefined;
    const given = value(list.name);
    return Array.isArray(given) ? given.length : 1;
  }

  const root = schema.getRootType(operation.operation);
  const { fields: rootFields, ...rest } = root ? ofSelections(operation.selectionSet, root) : nothing;
  return { ...rest, rootFields };
}

/** A number, or the list that is given in its place. */
function sizeOf(literal: ValueNode | undefined): number | readonly ValueNode[] | undefined {
  if (literal?.kind === Kind.INT) return Number(literal.value);
  return literal?.kind === Kind.LIST ? literal.values : undefined;
}

/** `nodes` of a connection and `node` of an edge: what the connection counted. */
function isPart(node: FieldNode, field: GraphQLField<unknown, unknown>): boolean {
  return (node.name.value === 'nodes' || node.name.value === 'node') && field.args.length === 0;
}
