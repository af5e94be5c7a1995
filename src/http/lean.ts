import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { Authenticate } from '../auth/authenticate.ts';
import { sentBy } from '../auth/gateway.ts';
import { reader } from '../auth/viewer.ts';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import { bodyLimit, readBody } from '../limits/body.ts';
import type { Operations } from '../operation/operations.ts';
import { readParams } from '../operation/params.ts';
import { type Answer, answerOf, type MediaType, mediaTypeFor } from './answer.ts';
import { bytesOf } from './bytes.ts';
import { compress, threshold } from './compression.ts';
import { maskError, noted } from './errors.ts';

// The ordinary request without what Yoga makes of one: a `Request` and a `Response` of the Fetch API, their streams
// and signals, and a round of hooks for each. What is enforced is enforced by the same functions as there.

interface Parts extends Pick<Config, 'limits'> {
  operations: Operations;
  authenticate: Authenticate;
  prisma: Context['prisma'];
  log: Logger;
}

/** An ordinary request, while it is answered. */
export interface LeanRequest {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
  /** What every answer has. */
  headers: Record<string, string>;
  /** Takes what is not for this path, which shows only now. The body was read. */
  handOn(body: string): void;
}

const jsonType = /^application\/json(?:; ?charset=(?:utf-8|UTF-8))?$/;

/** Whether a request is an ordinary one, as far as its headers tell. */
export function isOrdinary({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'POST' &&
    jsonType.test(headers['content-type'] ?? '') &&
    headers['content-encoding'] === undefined &&
    mediaTypeFor(headers.accept) !== undefined
  );
}

/** Answers ordinary requests. */
export function leanPath({ operations, authenticate, prisma, limits, log }: Parts) {
  /** The result of what is asked, or the body if that is a subscription. */
  async function resultFor(request: IncomingMessage, context: Context): Promise<ExecutionResult | string> {
    const { authorization = null } = request.headers;
    // Without a token there is nothing to be logged.
    context.viewer = await authenticate(authorization, authorization === null ? log : context.log);
    const body = await readBody(bodyLimit(limits, context.viewer), request);
    const params = operations.check(readParams(body));
    const read = operations.read({ params, sent: sentBy({ req: request }) });
    if (read.operation.operation === 'subscription') return body;
    const errors = operations.validate(read.document);
    if (errors.length > 0) return { errors };
    Object.assign(context, read.context);
    const { document } = read;
    const { operationName, variables: variableValues } = params;
    const result = await operations.execute({ document, operationName, variableValues, contextValue: context });
    return result.errors ? { ...result, errors: result.errors.map(masked) } : result;
  }

  return async ({ request, response, requestId, headers, handOn }: LeanRequest): Promise<void> => {
    let ownLog: Logger | undefined;
    const context: Context = {
      prisma,
      viewer: reader,
      requestId,
      // Few requests log anything, and one of their own takes its time.
      get log() {
        ownLog ??= log.child({ requestId });
        return ownLog;
      },
    };
    // `isOrdinary` has found one.
    const mediaType = mediaTypeFor(request.headers.accept) as MediaType;
    const answered = (result: ExecutionResult) => answerOf(result.errors ? noted(result, context.log) : result, mediaType);
    let answer: Answer;
    try {
      const result = await resultFor(request, context);
      if (typeof result === 'string') return handOn(result);
      answer = answered(result);
    } catch (error) {
      answer = answered({ errors: errorsIn(error) });
    }
    if (!response.closed) send(request, response, headers, answer);
  };
}

function send(request: IncomingMessage, response: ServerResponse, common: LeanRequest['headers'], { status, headers, text }: Answer): void {
  const bytes = bytesOf(text);
  const { length } = bytes;
  if (length >= threshold && request.headers['accept-encoding'] !== undefined) compress(request, response);
  response.writeHead(status, Object.assign(common, headers, { 'content-length': length })).end(bytes);
}

function masked(error: unknown): GraphQLError {
  // It never gives anything else.
  return maskError(error) as GraphQLError;
}

/** The errors of a request that came to nothing; of several in one, each, as Yoga has it. */
function errorsIn(error: unknown): GraphQLError[] {
  return error instanceof AggregateError ? error.errors.flatMap(errorsIn) : [masked(error)];
}
