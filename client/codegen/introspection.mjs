import { introspectionFromSchema } from 'graphql';

// A plugin of codegen: the schema as the cache of urql reads it, without what it has no use for: descriptions,
// arguments and inputs.

const kinds = ['OBJECT', 'INTERFACE', 'UNION'];

export function plugin(schema) {
  const { __schema: whole } = introspectionFromSchema(schema, { descriptions: false });
  const introspection = {
    __schema: {
      queryType: whole.queryType,
      mutationType: whole.mutationType ?? null,
      subscriptionType: whole.subscriptionType ?? null,
      types: whole.types.filter(({ kind, name }) => kinds.includes(kind) && !name.startsWith('__')).map(typeOf),
    },
  };
  return [
    'interface Ref { readonly kind: string; readonly name?: string; readonly ofType?: Ref }',
    'interface Type { kind: string; name: string; fields?: { name: string; args: never[]; type: Ref }[]; interfaces?: Ref[]; possibleTypes?: Ref[] }',
    'interface Root { name: string; kind?: string }',
    '/** The schema, as the `schema` of `cacheExchange` takes it. */',
    'export const introspection: { __schema: { queryType: Root; mutationType: Root | null; subscriptionType: Root | null; types: Type[] } } =',
    `  ${JSON.stringify(introspection)};`,
    '',
  ].join('\n');
}

function typeOf({ kind, name, fields, interfaces, possibleTypes }) {
  return {
    kind,
    name,
    ...(fields && { fields: fields.map((field) => ({ name: field.name, args: [], type: refOf(field.type) })) }),
    ...(interfaces && { interfaces: interfaces.map(refOf) }),
    ...(possibleTypes && { possibleTypes: possibleTypes.map(refOf) }),
  };
}

function refOf({ kind, name, ofType }) {
  if (ofType) return { kind, ofType: refOf(ofType) };
  // What is not made of fields is a value, whichever it is.
  return kinds.includes(kind) ? { kind, name } : { kind: 'SCALAR', name: 'Any' };
}
