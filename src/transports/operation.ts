import type { IncomingMessage } from 'node:http';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { GraphQLParams, YogaServerInstance } from 'graphql-yoga';
import type { Limits } from '../config.ts';
import type { Context, ServerContext } from '../context.ts';
import { userError } from '../errors.ts';
import { maskError, noted } from '../http/errors.ts';

export type Yoga = YogaServerInstance<ServerContext, Context>;
export type Result = ExecutionResult | AsyncIterable<ExecutionResult>;

/**
 * Runs an operation that did not come as a request of its own. It takes the way of those that did, from the
 * parameters to the masked errors, so that whatever is enforced there is enforced here.
 * @param request tells what an HTTP request would: its headers, and by its signal that the client is gone.
 */
export async function runOperation(yoga: Yoga, params: GraphQLParams, request: Request, context: ServerContext): Promise<Result> {
  try {
    return noted((await yoga.getResultForParams({ params, request }, context)) ?? {}, context.log);
  } catch (error) {
    return failed(error, context);
  }
}

/** The result that an error of the request makes. */
export function failed(error: unknown, { log }: Pick<ServerContext, 'log'>): ExecutionResult & { errors: readonly GraphQLError[] } {
  // It never gives anything else.
  const errors = [maskError(error) as GraphQLError];
  return noted({ errors }, log);
}

/** The errors of a request that did not come to be executed. */
export function requestErrors(result: Result): readonly GraphQLError[] | undefined {
  return 'errors' in result && result.errors && !('data' in result) ? result.errors : undefined;
}

/** What the operations of a connection have for a request of their own. */
export function standIn(yoga: Yoga, { headers }: IncomingMessage, signal: AbortSignal): Request {
  const { fetchAPI } = yoga;
  const copied = new fetchAPI.Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && !name.startsWith('sec-websocket-')) copied.set(name, value);
  }
  return new fetchAPI.Request('http://localhost/graphql', { method: 'POST', headers: copied, signal });
}

export function tooManyOperations({ operations }: Limits): GraphQLError {
  return userError(
    'TOO_MANY_OPERATIONS',
    `The connection has ${operations} operations running, and takes no more. Wait for one to end, or open another connection.`,
    { extensions: { limit: operations, http: { status: 429 } } },
  );
}
