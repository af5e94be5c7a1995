import { getTypeBrand } from '@pothos/core';
import { hasResolvableKey } from '@pothos/plugin-federation';
import {
  type ConstDirectiveNode,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
  Kind,
  lexicographicSortSchema,
} from 'graphql';
import type { FederationNode } from '../config.ts';
import type { Context } from '../context.ts';
import { findEntities } from './resolve.ts';

// The schema as a part of a federated graph: with what a gateway asks for, which clients don't need.

/** The version of federation, and its directives that stand in the SDL. */
export const link = {
  name: 'link',
  args: { url: 'https://specs.apollo.dev/federation/v2.7', import: ['@inaccessible', '@key', '@shareable'] },
};

type Fields = GraphQLFieldConfigMap<unknown, Context>;

/** The entry points that another subgraph may have as well. */
const nodeFields = ['node', 'nodes'];

const inaccessible: ConstDirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'inaccessible' } };

/** The schema as it is served: with `_entities` and `_service`, and `node` and `nodes` as is asked. */
export function subgraphOf(schema: GraphQLSchema, node: FederationNode): GraphQLSchema {
  const own = withNode(schema, node);
  return withQuery(own, { ...queryOf(own).toConfig().fields, _entities: entitiesField(own), _service: serviceField(own) });
}

/** The SDL of a subgraph, to compose it with others. */
export function sdlOf(schema: GraphQLSchema, node: FederationNode): Promise<string> {
  return print(withNode(schema, node));
}

/** What prints it is loaded when it is asked for: most servers stand behind no gateway. */
async function print(schema: GraphQLSchema): Promise<string> {
  const { printSubgraphSchema } = await import('@apollo/subgraph');
  return printSubgraphSchema(lexicographicSortSchema(schema));
}

function withNode(schema: GraphQLSchema, node: FederationNode): GraphQLSchema {
  if (node === 'own') return schema;
  const fields = Object.entries(queryOf(schema).toConfig().fields).flatMap(([name, field]): [string, Fields[string]][] => {
    if (!nodeFields.includes(name)) return [[name, field]];
    const { astNode } = field;
    if (node === 'off' || !astNode) return [];
    return [[name, { ...field, astNode: { ...astNode, directives: [...(astNode.directives ?? []), inaccessible] } }]];
  });
  return withQuery(schema, Object.fromEntries(fields));
}

function entitiesField(schema: GraphQLSchema): GraphQLFieldConfig<unknown, Context, { representations: readonly unknown[] }> {
  const entity = new GraphQLUnionType({
    name: '_Entity',
    description: 'A record that other subgraphs can extend.',
    types: Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && hasResolvableKey(type)) as GraphQLObjectType[],
    resolveType: (row) => String(getTypeBrand(row)),
  });
  const any = new GraphQLScalarType({ name: '_Any', description: 'A record as a gateway names it: its `__typename`, and a key.' });
  return {
    type: new GraphQLNonNull(new GraphQLList(entity)),
    description: 'For gateways: finds records by their keys. What isn’t there, or may not be seen, is null.',
    args: {
      representations: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(any))),
        description: 'The records, as a gateway names them.',
      },
    },
    resolve: (_root, { representations }, context, info) => findEntities(representations, context, info),
  };
}

function serviceField(schema: GraphQLSchema): GraphQLFieldConfig<unknown, Context> {
  // It is asked for once in a while, and takes a moment to print.
  let sdl: Promise<string> | undefined;
  const service = new GraphQLObjectType({
    name: '_Service',
    description: 'What a gateway has to know of this subgraph.',
    fields: { sdl: { type: GraphQLString, description: 'The schema, with the directives of federation.' } },
  });
  return {
    type: new GraphQLNonNull(service),
    description: 'For gateways: tells what they compose the graph from.',
    resolve: () => {
      sdl ??= print(schema);
      return { sdl };
    },
  };
}

function queryOf(schema: GraphQLSchema): GraphQLObjectType<unknown, Context> {
  const query = schema.getQueryType();
  if (!query) throw new Error('The schema has no queries.');
  return query;
}

/** The same schema with other fields of the root. */
function withQuery(schema: GraphQLSchema, fields: Fields): GraphQLSchema {
  const before = queryOf(schema);
  const { astNode } = before;
  const query = new GraphQLObjectType<unknown, Context>({
    ...before.toConfig(),
    // The SDL is printed from it.
    astNode: astNode && { ...astNode, fields: Object.values(fields).flatMap((field) => field.astNode ?? []) },
    fields,
  });
  const config = schema.toConfig();
  return new GraphQLSchema({ ...config, query, types: config.types.map((type) => (type === before ? query : type)) });
}
