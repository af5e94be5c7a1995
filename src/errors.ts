import { GraphQLError, type GraphQLErrorOptions } from 'graphql';

/** What can be wrong with a request, in `extensions.code`. docs/errors.md tells what to do about each. */
export type ErrorCode =
  | 'INVALID_ID'
  | 'INVALID_CURSOR'
  | 'INVALID_DATE'
  | 'INVALID_LANGUAGE'
  | 'INVALID_PAGE'
  | 'INVALID_QUERY'
  | 'INVALID_REPRESENTATION'
  | 'INVALID_TEXT'
  | 'NOT_FOUND'
  | 'RETRACTED'
  | 'BAD_REQUEST'
  | 'PERSISTED_DOCUMENT_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'PERSISTED_DOCUMENTS_ONLY'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'GATEWAY_REQUIRED'
  | 'IDENTITY_PROVIDER_UNAVAILABLE'
  | 'BODY_TOO_LARGE'
  | 'TOO_MANY_TOKENS'
  | 'TOO_DEEP'
  | 'TOO_MANY_ALIASES'
  | 'TOO_MANY_ROOT_FIELDS'
  | 'TOO_MANY_NODES'
  | 'INPUT_TOO_DEEP'
  | 'TOO_MANY_INPUT_VALUES'
  | 'TOO_MANY_CONNECTIONS'
  | 'TOO_MANY_OPERATIONS'
  | 'TOO_MANY_ENTITIES'
  | 'TIMEOUT'
  | 'TOO_MANY_SUBSCRIPTIONS'
  | 'RESUME'
  | 'INTERNAL_ERROR';

/** An error for the person who sent the request. */
export function userError(code: ErrorCode, message: string, options: GraphQLErrorOptions = {}): GraphQLError {
  return new GraphQLError(message, { ...options, extensions: { code, ...options.extensions } });
}
