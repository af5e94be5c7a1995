import { builder, decodeGlobalId } from '../builder.ts';
import { userError } from '../errors.ts';
import type { Query } from './page.ts';

// How a request names one record.

const IdentifierRef = builder.inputType('IdentifierRef', {
  description: 'An identifier, which one record holds at most.',
  fields: (t) => ({
    scheme: t.string({ required: true, description: 'The scheme, in lower case, such as `wikidata`.' }),
    value: t.string({ required: true, description: 'The value within the scheme, such as `Q796`.' }),
  }),
});

export interface Reference {
  id?: string | null;
  identifier?: { scheme: string; value: string } | null;
  url?: string | null;
}

/** What else but its id may name a record. */
export interface Ways {
  identifier?: boolean;
  url?: boolean;
}

const references = new Map<string, ReturnType<typeof defineReference>>();

/** The input type that names a record of a model, such as `PersonRef`. */
export function defineReference(model: string, ways: Ways, one: string) {
  const ref = builder.inputType(`${model}Ref`, {
    isOneOf: true,
    description: `Names ${one}, in one of these ways.`,
    fields: (t) => ({
      id: t.id({ description: 'By its id.' }),
      ...(ways.identifier ? { identifier: t.field({ type: IdentifierRef, description: 'By an identifier that it holds.' }) } : {}),
      ...(ways.url ? { url: t.string({ description: 'By where it stands on the web, to the letter.' }) } : {}),
    }),
  });
  references.set(model, ref);
  return ref;
}

/** @throws when the model has none: a mistake in the code. */
export function referenceTo(model: string) {
  const ref = references.get(model);
  if (!ref) throw new Error(`No slice defines a reference to ${model}.`);
  return ref;
}

/**
 * The condition that a record is the one that is meant.
 * @throws {GraphQLError} INVALID_ID.
 */
export function whereOf(model: string, { id, identifier, url }: Reference): Query {
  if (url != null) return { url };
  if (identifier) return { identifiers: { some: identifier } };
  return { id: uuidOf(model, id ?? '') };
}

/**
 * The UUID in the id of a record of this model.
 * @throws {GraphQLError} INVALID_ID.
 */
export function uuidOf(model: string, id: string): string {
  const decoded = decodeGlobalId(id);
  if (decoded.typename !== model) {
    throw userError('INVALID_ID', `"${id}" is the id of a ${decoded.typename}, where that of a ${model} is needed.`);
  }
  return decoded.id;
}
