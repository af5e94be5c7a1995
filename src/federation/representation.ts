import type { GraphQLError } from 'graphql';
import { userError } from '../errors.ts';
import { uuidOf } from '../graph/reference.ts';
import { entities, type Key } from './entities.ts';

/** A record as a gateway names it: of which noun, by which key. */
export interface Representation {
  model: string;
  key: Key;
  /** The key's value; for an id, the UUID in it. */
  value: string;
}

/**
 * Reads a representation. One whose keys are all null names nothing, and gives null.
 * @throws {GraphQLError} INVALID_REPRESENTATION or INVALID_ID.
 */
export function readRepresentation(given: unknown): Representation | null {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalid('A representation is an object with `__typename` and a key.');
  }
  const { __typename: model, ...values } = given as Record<string, unknown>;
  const keys = typeof model === 'string' && Object.hasOwn(entities, model) ? entities[model] : undefined;
  if (typeof model !== 'string' || !keys) {
    throw invalid(`\`__typename\` is ${shown(model)}; the entities here are ${Object.keys(entities).join(', ')}.`);
  }
  const there = keys.filter((key) => Object.hasOwn(values, key));
  if (there.length === 0) {
    throw invalid(`The representation of a ${model} has no key. It needs ${keys.map((key) => `\`${key}\``).join(' or ')}.`);
  }
  for (const key of there) {
    const value = values[key];
    if (value === null) continue;
    if (typeof value !== 'string') throw invalid(`The key \`${key}\` is ${shown(value)}; it has to be a text.`);
    return { model, key, value: key === 'id' ? uuidOf(model, value) : value };
  }
  return null;
}

function invalid(message: string): GraphQLError {
  return userError('INVALID_REPRESENTATION', message);
}

function shown(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value).slice(0, 80);
}
