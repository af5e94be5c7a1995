import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { schema } from '../../src/schema.ts';

// Operations made from the schema, so that a type or a field that is added is asked for by itself.

/** The values of required arguments, by their names. */
const values: Record<string, string> = { at: '"2020/2021"' };

/** Everything that can be asked of a type, to a depth; what is asked is noted as `Type.field`. */
export function selectionOf(type: GraphQLObjectType | GraphQLInterfaceType, depth: number, noted: Set<string>): string {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const selection = below(field, depth, noted);
    if (selection === undefined) return [];
    noted.add(`${type.name}.${field.name}`);
    return [`${field.name}${argumentsOf(field)}${selection}`];
  });
  const implementations = isInterfaceType(type)
    ? schema.getPossibleTypes(type).map((possible) => `... on ${possible.name} { ${renamed(possible, type, depth, noted)} }`)
    : [];
  return ['__typename', ...fields, ...implementations].join(' ');
}

function below(field: GraphQLField<unknown, unknown>, depth: number, noted: Set<string>): string | undefined {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return '';
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  // The parts of a page or a record take no depth away: other records do.
  const isPart = isObjectType(type) && !type.getInterfaces().some(({ name }) => name === 'Node');
  if (depth === 0 && !isPart) return undefined;
  return ` { ${selectionOf(type, isPart ? depth : depth - 1, noted)} }`;
}

/** The fields that an implementation has beside its interface's, under names of their own: types differ from one to the next. */
function renamed(type: GraphQLObjectType, of: GraphQLInterfaceType, depth: number, noted: Set<string>): string {
  const fields = Object.values(type.getFields()).filter(({ name }) => !(name in of.getFields()));
  const selections = fields.flatMap((field) => {
    const selection = below(field, Math.min(depth, 0), noted);
    if (selection === undefined) return [];
    noted.add(`${type.name}.${field.name}`);
    return [`${type.name}_${field.name}: ${field.name}${argumentsOf(field)}${selection}`];
  });
  return ['__typename', ...selections].join(' ');
}

function argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
  const given = args.filter(isRequiredArgument).map(({ name }) => `${name}: ${values[name] ?? '""'}`);
  if (args.some(({ name }) => name === 'first')) given.push('first: 2');
  return given.length > 0 ? `(${given.join(', ')})` : '';
}
