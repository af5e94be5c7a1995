import { type GraphQLLeafType, type GraphQLOutputType, isAbstractType, isLeafType, isListType, isNonNullType } from 'graphql';
import { brandOf } from './declared.ts';
import type { Request } from './request.ts';
import { Decline } from './selection.ts';

/** Writes the answer's value of a field's, as JSON. @throws where GraphQL.js would have an error. */
export type Complete = (value: unknown, request: Request) => string;

const absent = 'null';

/** What is asked of objects of each type. */
export interface Objects {
  planFor(typeName: string): { complete(value: object, request: Request): string };
}

/** How values of a type are completed, as the specification has it under "Value Completion". */
export function completion(type: GraphQLOutputType, objects: Objects): Complete {
  if (isNonNullType(type)) {
    const complete = completion(type.ofType, objects);
    return (value, request) => {
      const completed = complete(value, request);
      if (completed === absent) throw new Decline('null where the schema has none');
      return completed;
    };
  }
  if (isListType(type)) return listOf(completion(type.ofType, objects));
  if (isLeafType(type)) return leafOf(type);
  if (!isAbstractType(type))
    return (value, request) => (value == null ? absent : objects.planFor(type.name).complete(object(value), request));
  const resolveType = type.resolveType as ((value: unknown, context: object) => unknown) | null | undefined;
  return (value, request) => {
    if (value == null) return absent;
    const name = brandOf(object(value)) ?? resolveType?.(value, request.context);
    if (typeof name !== 'string') throw new Decline('a value whose type isn’t known at once');
    return objects.planFor(name).complete(object(value), request);
  };
}

function listOf(complete: Complete): Complete {
  return (value, request) => {
    if (value == null) return absent;
    if (!Array.isArray(value)) throw new Decline('a list that is no array');
    let text = '[';
    for (let i = 0; i < value.length; i++) text += i === 0 ? complete(value[i], request) : `,${complete(value[i], request)}`;
    return `${text}]`;
  };
}

/** Values that stand for themselves, which is nearly always so; the others are for the type to say. */
const plain: Readonly<Record<string, string>> = { String: 'string', ID: 'string', Boolean: 'boolean' };

/** What JSON has another way to write, half of a character included. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A JSON string. Most texts have nothing special in them, and need not be copied. */
const quoted = (text: string): string => (special.test(text) ? JSON.stringify(text) : `"${text}"`);

function leafOf(type: GraphQLLeafType): Complete {
  const asItIs = plain[type.name];
  return (value) => {
    if (typeof value === asItIs) return typeof value === 'string' ? quoted(value) : String(value);
    if (value == null) return absent;
    if (value instanceof Error || value instanceof Promise) throw new Decline('a value that isn’t there');
    const written = type.serialize(value);
    if (written == null) throw new Decline('a value that its type can’t write');
    return typeof written === 'string' ? quoted(written) : JSON.stringify(written);
  };
}

/** A field that isn't a leaf has an object for its value; anything else is an error, or still to come. */
function object(value: unknown): object {
  if (typeof value !== 'object' || value === null || value instanceof Error || 'then' in value) {
    throw new Decline('a value that isn’t there');
  }
  return value;
}
