import { Lexer, Source, TokenKind } from 'graphql';
import type { Limits } from '../config.ts';
import { type ErrorCode, userError } from '../errors.ts';
import type { Measure } from './measure.ts';

/** Each limit on what a request asks, with the code and the words of its refusal. */
const refusals: Record<keyof Measure | 'tokens' | 'inputDepth' | 'inputValues', { code: ErrorCode; what: string; remedy: string }> = {
  tokens: { code: 'TOO_MANY_TOKENS', what: 'lexical tokens', remedy: 'Send a shorter document, with values in variables.' },
  depth: { code: 'TOO_DEEP', what: 'fields below one another', remedy: 'Ask in several requests.' },
  aliases: { code: 'TOO_MANY_ALIASES', what: 'aliases', remedy: 'Ask in several requests.' },
  rootFields: { code: 'TOO_MANY_ROOT_FIELDS', what: 'root fields', remedy: 'Ask in several requests, or with `nodes(ids:)`.' },
  nodes: { code: 'TOO_MANY_NODES', what: 'records in its answer', remedy: 'Ask for smaller pages, with `first`.' },
  entities: { code: 'TOO_MANY_ENTITIES', what: 'representations', remedy: 'Ask in several requests.' },
  inputDepth: { code: 'INPUT_TOO_DEEP', what: 'levels in its arguments and variables', remedy: 'Simplify the filter.' },
  inputValues: { code: 'TOO_MANY_INPUT_VALUES', what: 'values in its arguments and variables', remedy: 'Ask in several requests.' },
};

/**
 * Refuses what is over its limit.
 * @throws {GraphQLError} with the limit and what was found, also in the extensions.
 */
export function enforce<Name extends keyof typeof refusals>(limits: Pick<Limits, Name>, name: Name, found: number): void {
  if (found <= limits[name]) return;
  const { code, what, remedy } = refusals[name];
  throw userError(code, `The request has ${found} ${what}; up to ${limits[name]} are allowed. ${remedy}`, {
    extensions: { limit: limits[name], found, http: { status: 400 } },
  });
}

/** Counts the lexical tokens of a document. What isn't GraphQL ends the count; the parser will say so. */
export function countTokens(text: string): number {
  const lexer = new Lexer(new Source(text));
  let count = 0;
  try {
    while (lexer.advance().kind !== TokenKind.EOF) count++;
  } catch {
    // The parser meets the same and tells where.
  }
  return count;
}
