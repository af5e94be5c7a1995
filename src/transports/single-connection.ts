import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { Limits } from '../config.ts';
import type { ServerContext } from '../context.ts';
import { type ErrorCode, userError } from '../errors.ts';
import { shownError, statusOf } from '../http/errors.ts';
import type { Connections } from './connections.ts';
import { failed, runOperation, tooManyOperations, type Yoga } from './operation.ts';
import { Stream } from './stream.ts';

// GraphQL over server-sent events, "single connection": one stream, and requests that add operations to it.

/** What can be done with a stream. */
export const streamMethods = 'PUT, GET, POST, DELETE';

/** Streams that one account or address may have reserved and not opened. */
const mostReserved = 20;

interface Parts {
  yoga: Yoga;
  authenticate: Authenticate;
  connections: Connections;
  limits: Limits;
}

/** What a method is answered with: a status, and a text or nothing. */
type Answer = [status: number, text?: string];

export function singleConnection({ yoga, authenticate, connections, limits }: Parts) {
  const streams = new Map<string, Stream>();

  const methods: Record<
    string,
    (request: IncomingMessage, response: ServerResponse, context: ServerContext) => Promise<Answer | undefined>
  > = {
    /** Reserves a stream. */
    PUT: async (_request, _response, context) => {
      const { viewer, address } = await identified(context);
      const same = [...streams.values()].filter(
        (each) => !each.isOpen && each.belongsTo(viewer) && (viewer.id || each.address === address),
      );
      if (same.length >= mostReserved) throw connections.refusal();
      const stream = new Stream(viewer, address, limits);
      try {
        const release = connections.add(stream);
        stream.gone.addEventListener('abort', () => {
          release();
          streams.delete(stream.token);
        });
      } catch (error) {
        stream.cut();
        throw error;
      }
      streams.set(stream.token, stream);
      return [201, stream.token];
    },

    /** Opens the stream. */
    GET: async (request, response, context) => {
      const { viewer } = await identified(context);
      const stream = find(request, viewer);
      if (stream.isOpen) throw refusal('BAD_REQUEST', 409, 'The stream is open already. Reserve another with PUT.');
      // The client may have gone meanwhile.
      if (response.closed) stream.cut();
      else stream.open(response);
      return undefined;
    },

    /** Adds an operation, whose answers the stream sends. */
    POST: async (request, _response, context) => {
      const incoming = requestOf(request);
      const params = await read(incoming, context);
      const stream = find(request, context.viewer);
      const id = idOf(params);
      if (stream.has(id)) throw refusal('BAD_REQUEST', 409, 'An operation with this `operationId` runs on the stream already.');
      if (stream.isFull) throw tooManyOperations(limits);
      stream.reserve(id);
      const result = await runOperation(yoga, params, requestOf(request, stream.gone), context);
      if (!stream.has(id)) {
        if (Symbol.asyncIterator in result) void result[Symbol.asyncIterator]().return?.();
        return [204];
      }
      // Also what is wrong with the operation: the protocol's client drops the text of any other answer.
      stream.send(id, result).catch((error) => {
        failed(error, context);
        stream.cut();
      });
      return [202];
    },

    /** Ends an operation. */
    DELETE: async (request, _response, context) => {
      const { viewer } = await identified(context);
      const id = search(request).get('operationId');
      const stream = find(request, viewer);
      if (!id) throw refusal('BAD_REQUEST', 400, 'Name the operation in the URL, with `operationId`.');
      stream.release(id);
      return [200];
    },
  };

  async function identified(context: ServerContext): Promise<ServerContext> {
    context.viewer = await authenticate(context.authorization, context.log);
    return context;
  }

  /** A stream that isn’t there, and one of somebody else: the answer is the same. */
  function find(request: IncomingMessage, viewer: Viewer): Stream {
    const given = request.headers['x-graphql-event-stream-token'] ?? search(request).get('token');
    const stream = typeof given === 'string' ? streams.get(given) : undefined;
    if (!stream?.belongsTo(viewer)) throw refusal('NOT_FOUND', 404, 'There is no such stream, or no longer. Reserve one with PUT.');
    return stream;
  }

  function requestOf(request: IncomingMessage, signal?: AbortSignal): Request {
    const { fetchAPI } = yoga;
    const headers = new fetchAPI.Headers(
      Object.entries(request.headers).filter((each): each is [string, string] => typeof each[1] === 'string'),
    );
    const init = { method: 'POST', headers, ...(signal ? { signal } : { body: request, duplex: 'half' }) };
    return new fetchAPI.Request('http://localhost/graphql', init as RequestInit);
  }

  /** Reads and checks the body as that of any request. */
  async function read(request: Request, context: ServerContext): Promise<GraphQLParams> {
    const { requestParserResult } = await yoga.parseRequest(request, Object.assign(context, { waitUntil: yoga.waitUntil }));
    return requestParserResult as GraphQLParams;
  }

  return async (request: IncomingMessage, response: ServerResponse, context: ServerContext): Promise<void> => {
    try {
      const method = methods[request.method ?? ''];
      if (!method) throw refusal('BAD_REQUEST', 405, 'Streams are reserved with PUT, opened with GET, and used with POST and DELETE.');
      const answer = await method(request, response, context);
      if (answer) send(response, answer);
    } catch (error) {
      const { errors } = failed(error, context);
      send(response, [statusOf(errors), bodyOf(errors)]);
    }
  };
}

function send(response: ServerResponse, [status, text]: Answer): void {
  const type = status < 400 ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  if (status === 405) response.setHeader('allow', streamMethods);
  response.writeHead(status, text === undefined ? {} : { 'content-type': type }).end(text);
}

function bodyOf(errors: readonly GraphQLError[]): string {
  return JSON.stringify({ errors: errors.map(shownError) });
}

function idOf({ extensions }: GraphQLParams): string {
  const id: unknown = extensions?.operationId;
  if (typeof id === 'string' && id !== '') return id;
  throw refusal('BAD_REQUEST', 400, 'Give the operation an id of its own in `extensions.operationId`.');
}

function search({ url }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(url?.split('?')[1]);
}

function refusal(code: ErrorCode, status: number, message: string): GraphQLError {
  return userError(code, message, { extensions: { http: { status } } });
}
