import { getNamedType, isAbstractType, isObjectType } from 'graphql';

// A plugin of codegen: what the normalizing caches of GraphQL clients have to know of the schema.

const pages = new Set(['first', 'last', 'before', 'after']);

export function plugin(schema) {
  const types = Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const objects = types.filter(isObjectType);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];

  return [
    constant(
      'possibleTypes',
      'Which types an interface or a union stands for: the `possibleTypes` of Apollo’s `InMemoryCache`.',
      Object.fromEntries(
        types.filter(isAbstractType).map((type) => [
          type.name,
          schema
            .getPossibleTypes(type)
            .map(({ name }) => name)
            .sort(),
        ]),
      ),
      'Record<string, string[]>',
    ),
    constant(
      'connections',
      'The fields that are read in pages, by type, each with the arguments that make it another list: `keyArgs`.',
      Object.fromEntries(objects.map((type) => [type.name, connectionsOf(type)]).filter(([, fields]) => Object.keys(fields).length > 0)),
    ),
    constant(
      'keyless',
      'The types that have no id, and are kept with what they belong to.',
      objects.filter((type) => !roots.includes(type) && !type.getFields().id).map(({ name }) => name),
    ),
  ].join('\n');
}

function connectionsOf(type) {
  const fields = Object.values(type.getFields()).filter((field) => getNamedType(field.type).name.endsWith('Connection'));
  return Object.fromEntries(fields.map(({ name, args }) => [name, args.map((arg) => arg.name).filter((arg) => !pages.has(arg))]));
}

function constant(name, description, value, type) {
  const literal = JSON.stringify(value, null, 2);
  return `/** ${description} */\nexport const ${name}${type ? `: ${type} = ${literal}` : ` = ${literal} as const`};\n`;
}
