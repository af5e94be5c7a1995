import { randomUUID } from 'node:crypto';
import {
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLErrorOptions,
  type GraphQLFormattedError,
} from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { isExhausted } from '../database/exhausted.ts';
import { userError } from '../errors.ts';

// What of an error reaches the one who asked, however they asked, and what is only noted here.

/** Lets through what is meant for the person who asked; anything else is a defect and stays here. */
export function maskError(error: unknown): Error {
  if (error instanceof GraphQLError && isForPeople(error)) {
    // Before the first field, and with a place in the document: about the operation or its variables.
    if (!error.path && error.nodes) return unfit(error);
    if (error.extensions.code) return error;
    // GraphQL.js's own have no code: before the first field they are about the request, in a field about what it was given to answer.
    if (!error.path) return badRequest(error.message, 400, { source: error.source, positions: error.positions });
  }
  if (isExhausted(error instanceof GraphQLError ? error.originalError : error)) {
    return userError('TIMEOUT', 'The server is busy: its database had no time for this request. Try again.', {
      extensions: { http: { status: 503 } },
    });
  }
  const located = error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {};
  const errorId = randomUUID();
  return userError(
    'INTERNAL_ERROR',
    `Something went wrong here, and was noted as ${errorId}. It isn’t your mistake; please report it with that number.`,
    {
      ...located,
      originalError: error instanceof Error ? error : new Error(String(error)),
      extensions: { errorId },
    },
  );
}

function isForPeople(error: GraphQLError): boolean {
  const { originalError } = error;
  return originalError == null || (originalError instanceof GraphQLError && isForPeople(originalError));
}

/** A request that can't be read as one. */
export function badRequest(message: string, status: number, options: GraphQLErrorOptions = {}): GraphQLError {
  return userError('BAD_REQUEST', message, { ...options, extensions: { http: { status } } });
}

/** What is said of an error in a stream, whose answers nothing else looks at: a defect is noted here and now. */
export function sayOrNote(error: unknown, log: Logger): GraphQLError {
  const masked = maskError(error);
  if (!(masked instanceof GraphQLError)) throw masked;
  if (masked.extensions.code !== 'INTERNAL_ERROR') return masked;
  note(masked, log);
  // Whoever masks it again finds nothing to mask.
  const { message, nodes, path, extensions } = masked;
  return new GraphQLError(message, { nodes, path, extensions });
}

function note({ extensions, originalError, path }: GraphQLError, log: Logger): void {
  log.error(
    { err: (originalError as GraphQLError)?.originalError ?? originalError, errorId: extensions.errorId, path },
    'unexpected error',
  );
}

/** What GraphQL itself refuses. As GraphQL over HTTP has it, the status is 200 for clients that take application/json alone. */
function unfit({ message, nodes, source, positions, extensions }: GraphQLError): GraphQLError {
  const http = { status: 400, ...extensions.http, spec: true };
  return userError('BAD_REQUEST', message, { nodes, source, positions, extensions: { ...extensions, http } });
}

/** Logs the defects behind masked errors, under the id that the answer names. */
export function errorsPlugin(log: Logger): Plugin<object, { log: Logger }> {
  return {
    onResultProcess: ({ result, setResult, serverContext }) => {
      if (!Array.isArray(result)) setResult(noted(result, serverContext?.log ?? log));
    },
  };
}

/** The same result, of whose errors the defects are logged: now, or each when its event comes. */
export function noted<Result extends object>(result: Result, log: Logger): Result {
  if (!isAsyncIterable<ExecutionResult>(result)) {
    noteAll(result, log);
    return result;
  }
  const watched = mapAsyncIterator(result, (event) => {
    noteAll(event, log);
    return event;
  });
  return watched as AsyncIterable<unknown> as Result & AsyncIterable<unknown>;
}

function noteAll({ errors }: ExecutionResult, log: Logger): void {
  for (const error of errors ?? []) {
    // What was noted before has no original any more.
    if (error.extensions?.code === 'INTERNAL_ERROR' && error.originalError) note(error, log);
  }
}

/** An answer as it is sent: without what is meant for the status line, which only some ways of sending have. */
export function shown(result: ExecutionResult): FormattedExecutionResult {
  const { errors, extensions, ...rest } = result;
  return { ...(errors ? { errors: errors.map(shownError) } : {}), ...rest, ...(extensions ? { extensions } : {}) };
}

export function shownError(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...rest } = error.toJSON();
  const { http: _, ...others } = extensions ?? {};
  return Object.keys(others).length > 0 ? { ...rest, extensions: others } : rest;
}

/** The status of an answer that has these errors and nothing else. */
export function statusOf(errors: readonly GraphQLError[]): number {
  const statuses = errors.map(({ extensions }) => extensions?.http?.status ?? (extensions?.code === 'INTERNAL_ERROR' ? 500 : 400));
  return Math.max(400, ...statuses);
}
