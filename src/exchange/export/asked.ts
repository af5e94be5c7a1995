import { coerceInputValue, GraphQLError, type GraphQLSchema, isInputType, Kind, parseValue, valueFromASTUntyped } from 'graphql';
import type { Viewer } from '../../auth/viewer.ts';
import type { Context } from '../../context.ts';
import { nounOf } from '../../graph/noun.ts';
import { Refusal } from '../../refusal.ts';
import type { Asked } from './choose.ts';
import type { Noun } from './read.ts';

/** The nouns as the API lists them. */
const plurals: Readonly<Record<string, Noun>> = {
  places: 'Place',
  organizations: 'Organization',
  people: 'Person',
  documents: 'Document',
  events: 'Event',
  statements: 'Statement',
};

/**
 * What a person asks for: `{ statements: { date: { after: "2020" } }, events: {} }`, with the filters that the
 * API takes as `where`, written as in GraphQL or as JSON.
 * @throws {Refusal} saying what was wrong with the text.
 */
export function askedFor(text: string, schema: GraphQLSchema, viewer: Viewer): Asked {
  // Filters look at who asks, and at nothing else.
  const context = { viewer } as Context;
  const value = parsed(text);
  if (value.kind !== Kind.OBJECT) throw new Refusal(`The filter is not an object. ${hint}`);
  const asked = new Map<Noun, Record<string, unknown>>();
  for (const { name, value: filter } of value.fields) {
    const noun = plurals[name.value];
    if (!noun) throw new Refusal(`There is no "${name.value}" to filter; there are ${Object.keys(plurals).join(', ')}.`);
    const type = schema.getType(`${noun}Filter`);
    if (!isInputType(type)) throw new Error(`There is no filter of ${noun}.`);
    const given = coerceInputValue(valueFromASTUntyped(filter), type, (path, value, error) => {
      const at = [name.value, ...path].join('.');
      throw new Refusal(`The filter is wrong at ${at}, which is ${JSON.stringify(value)?.slice(0, 80)}: ${error.message}`);
    });
    asked.set(noun, nounOf(noun).filter.where(given as Record<string, unknown>, context));
  }
  if (asked.size === 0) throw new Refusal(`The filter is empty. ${hint}`);
  return asked;
}

const hint = 'Write it like { statements: { date: { after: "2020" } } }.';

function parsed(text: string) {
  try {
    // JSON has its names in quotes, and is GraphQL otherwise.
    return parseValue(text.replaceAll(/"([_A-Za-z]\w*)"(\s*:)/g, '$1$2'));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new Refusal(`The filter can’t be read: ${error.message} ${hint}`);
  }
}
