import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { schema } from '../../src/schema.ts';

// Operations that ask for everything, made from the schema.

type Composite = GraphQLObjectType | GraphQLInterfaceType;

export function compositeType(name: string): Composite {
  const type = schema.getType(name);
  if (!isObjectType(type) && !isInterfaceType(type)) throw new Error(`The schema has no type ${name} with fields.`);
  return type;
}

/** The fields of the root that are for those who work on the record. */
export const workFields = ['viewer', 'tokens', 'reviewQueue', 'proposals', 'duplicateCandidates', 'imports'];

/** The types and interfaces that a reader can reach, the root apart. */
export function compositeTypes(): Composite[] {
  const reached = new Set<Composite>();
  const reach = (type: unknown) => {
    if (!(isObjectType(type) || isInterfaceType(type)) || reached.has(type)) return;
    if (type.name === 'Proposal') return;
    reached.add(type);
    for (const field of Object.values(type.getFields())) reach(getNamedType(field.type));
    if (isInterfaceType(type)) for (const possible of schema.getPossibleTypes(type)) reach(possible);
  };
  for (const field of readerFields()) reach(getNamedType(field.type));
  return [...reached];
}

/** The fields of the root that readers use. */
export function readerFields(): GraphQLField<unknown, unknown>[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ name }) => !workFields.includes(name));
}

/** The types whose records `node` finds for readers. */
export function nodeTypes(): string[] {
  const record = schema.getType('Record');
  return isInterfaceType(record) ? schema.getPossibleTypes(record).map(({ name }) => name) : [];
}

/** Arguments that a field can't do without. */
const neededArgs: Record<string, string> = { at: 'at: "2021"' };

/** Every field of a type, those of what it leads to down to a depth; then only values. */
export function everything(name: string, depth: number, first = 3): string {
  return `{ __typename ${fieldsOf(compositeType(name), depth, first, '')} }`;
}

function fieldsOf(type: Composite, depth: number, first: number, prefix: string): string {
  return Object.values(type.getFields())
    .map((field) => {
      const inner = fieldOf(field, depth, first);
      return inner === undefined ? '' : `${prefix && `${prefix}_${field.name}: `}${field.name}${inner}`;
    })
    .join(' ');
}

/** What stands after a field's name; undefined when the field leads further than is asked. */
function fieldOf(field: GraphQLField<unknown, unknown>, depth: number, first: number): string | undefined {
  const type = getNamedType(field.type);
  const isList = field.args.some(({ name }) => name === 'first');
  const needed = field.args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined);
  const args = [...(isList ? [`first: ${first}`] : []), ...needed.map(({ name }) => neededArgs[name] ?? `${name}: ?`)];
  const call = args.length > 0 ? `(${args.join(', ')})` : '';
  if (isLeafType(type)) return call;
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  if (isList) return depth > 0 && isObjectType(type) ? `${call} ${connection(type, depth, first)}` : undefined;
  // Parts and values have no lists of their own: they are asked for at any depth.
  const isRecord = isInterfaceType(type) || nodeTypes().includes(type.name);
  if (isRecord && depth <= 0) return undefined;
  const below = isRecord ? depth - 1 : depth;
  return `${call} { __typename ${fieldsOf(type, below, first, '')} ${fragments(type, below, first)} }`;
}

function connection(type: GraphQLObjectType, depth: number, first: number): string {
  const { edges, nodes } = type.getFields();
  const [edge, node] = [edges && getNamedType(edges.type), nodes && getNamedType(nodes.type)];
  if (!isObjectType(edge) || !node) throw new Error(`${type.name} is no connection.`);
  const ofNode = compositeType(node.name);
  // A topic or an author is no record: it only leads to one.
  const below = nodeTypes().includes(node.name) ? depth - 1 : depth;
  const inner = `{ __typename ${fieldsOf(ofNode, below, first, '')} ${fragments(ofNode, below, first)} }`;
  const ofEdge = Object.keys(edge.getFields()).filter((name) => name !== 'node');
  return `{ __typename totalCount pageInfo { __typename hasNextPage hasPreviousPage startCursor endCursor } nodes ${inner} edges { __typename ${ofEdge.join(' ')} node { __typename } } }`;
}

/** A fragment for each type that an interface can be, with other names for the fields, since those may be of any type. */
function fragments(type: Composite, depth: number, first: number): string {
  if (!isInterfaceType(type)) return '';
  return schema
    .getPossibleTypes(type)
    .map((each) => `... on ${each.name} { ${fieldsOf(each, depth, first, each.name)} }`)
    .join(' ');
}

/** Follows an answer along its operation. */
export function follow(operation: string, data: unknown, see: (type: string, field: string, value: unknown) => void): void {
  const [definition] = parse(operation).definitions;
  if (definition?.kind === 'OperationDefinition') walk(definition.selectionSet, 'Query', data, see);
}

function walk(
  { selections }: SelectionSetNode,
  typeName: string,
  value: unknown,
  see: (type: string, field: string, value: unknown) => void,
): void {
  if (Array.isArray(value)) {
    for (const each of value) walk({ selections } as SelectionSetNode, typeName, each, see);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const row = value as Record<string, unknown>;
  const own = typeof row.__typename === 'string' ? row.__typename : typeName;
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const on = selection.typeCondition?.name.value ?? own;
      const type = schema.getType(on);
      if (on === own || (isInterfaceType(type) && schema.isSubType(type, compositeType(own)))) walk(selection.selectionSet, own, row, see);
    } else if (selection.kind === 'Field' && !selection.name.value.startsWith('__')) {
      const inner = row[selection.alias?.value ?? selection.name.value];
      see(own, selection.name.value, inner);
      const field =
        own === 'Query' ? schema.getQueryType()?.getFields()[selection.name.value] : compositeType(own).getFields()[selection.name.value];
      if (selection.selectionSet && field) walk(selection.selectionSet, getNamedType(getNullableType(field.type)).name, inner, see);
    }
  }
}
