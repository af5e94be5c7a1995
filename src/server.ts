import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { authentication } from './auth/authenticate.ts';
import { authPlugin } from './auth/plugin.ts';
import { reader, type Viewer } from './auth/viewer.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import type { Database } from './database/database.ts';
import { isExhausted } from './database/postgres.ts';
import { userError } from './errors.ts';
import { bodyLimit, bodyPlugin } from './limits/body.ts';
import { limitsPlugin } from './limits/plugin.ts';
import { playgroundOptions, renderPlayground } from './playground/playground.ts';
import { schema } from './schema.ts';

interface Parts {
  database: Database;
  config: Pick<Config, 'limits' | 'readWithoutToken' | 'oidc'>;
  log: Logger;
}

interface ServerContext {
  requestId: string;
  log: Logger;
  /** Nobody, until the request's token was looked at. */
  viewer: Viewer;
}

const endpoint = '/graphql';

/**
 * The HTTP server, not yet listening: GraphQL and the playground on `/graphql`, `/health` for the process
 * and `/ready` for the database.
 */
export function createHttpServer({ database, config, log }: Parts): Server {
  const yoga = createYoga<ServerContext, Context>({
    schema,
    graphqlEndpoint: endpoint,
    context: ({ requestId, log: requestLog, viewer }) => ({ prisma: database.prisma, viewer, requestId, log: requestLog }),
    maskedErrors: { maskError },
    // What `bodyPlugin` allows to those who may most.
    maxRequestBodySize: bodyLimit(config.limits, { id: null, role: 'ADMIN' }),
    multipart: false,
    // Nothing is open to the pages of other sites until it is configured.
    cors: false,
    logging: false,
    landingPage: false,
    graphiql: playgroundOptions,
    renderGraphiQL: renderPlayground,
    plugins: [
      authPlugin(authentication(database.prisma, config)),
      bodyPlugin(config.limits),
      requestPlugin(),
      limitsPlugin(config.limits),
      errorsPlugin(log),
      refusalsPlugin(),
    ],
  });

  return createServer((request, response) => {
    const requestId = randomUUID();
    const requestLog = log.child({ requestId });
    const start = performance.now();
    response.setHeader('x-request-id', requestId);
    response.setHeader('x-content-type-options', 'nosniff');
    response.on('close', () => {
      requestLog.info(
        {
          method: request.method,
          path: path(request),
          status: response.statusCode,
          ms: Math.round(performance.now() - start),
          finished: response.writableFinished,
        },
        'request',
      );
    });
    switch (path(request)) {
      case endpoint:
        // Yoga makes a URL of it, and answers with a stack trace when that isn't one.
        request.headers.host = 'localhost';
        yoga(request, response, { requestId, log: requestLog, viewer: reader });
        break;
      case '/':
        response.writeHead(302, { location: endpoint }).end();
        break;
      case '/health':
        answer(response, 200, { status: 'ok' });
        break;
      case '/ready':
        database.ping().then(
          () => answer(response, 200, { status: 'ok' }),
          (error) => {
            requestLog.warn({ err: error }, 'the database does not answer');
            answer(response, 503, { status: 'the database does not answer' });
          },
        );
        break;
      default:
        answer(response, 404, {
          errors: [{ message: `There is nothing here. GraphQL is at ${endpoint}.`, extensions: { code: 'NOT_FOUND' } }],
        });
    }
  });
}

function path(request: IncomingMessage): string {
  // Without the query, which may hold what people searched for.
  return request.url?.split('?', 1)[0] ?? '/';
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Lets through what is meant for the person who asked; anything else is a defect and stays here. */
function maskError(error: unknown): Error {
  if (error instanceof GraphQLError && isForPeople(error)) {
    if (error.extensions.code) return error;
    // GraphQL.js's own have no code: before the first field they are about the request, in a field about what it was given to answer.
    if (!error.path) return badRequest(error.message, 400, { nodes: error.nodes, source: error.source, positions: error.positions });
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

function badRequest(message: string, status: number, options: GraphQLErrorOptions = {}): GraphQLError {
  return userError('BAD_REQUEST', message, { ...options, extensions: { http: { status } } });
}

/** Refuses requests that Yoga would take, or refuse without saying why. */
function requestPlugin(): Plugin {
  return {
    onRequestParse: ({ request, requestParser, setRequestParser }) => {
      // Forms and plain text are what a browser sends for the page of any site, without asking whether it may.
      if (request.method === 'POST' && !(requestParser && request.headers.get('content-type')?.startsWith('application/json'))) {
        throw badRequest('Send the body as JSON, with the header `content-type: application/json`.', 415);
      }
      if (requestParser) setRequestParser((incoming) => readRequest(requestParser, incoming));
    },
    onParams: ({ params }) => {
      if (params.query == null) throw badRequest('The request has no `query`.', 400);
    },
  };
}

async function readRequest<Params>(parse: (request: Request) => Params | Promise<Params>, request: Request): Promise<Params> {
  try {
    return await parse(request);
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest('`variables` and `extensions` are written as JSON in the URL.', 400);
    // Yoga would repeat the body.
    if (error instanceof GraphQLError && error.extensions.originalError) throw badRequest('The request’s body is not JSON.', 400);
    throw error;
  }
}

/** Logs the defects behind masked errors, under the id that the answer names. */
function errorsPlugin(log: Logger): Plugin<object, ServerContext> {
  return {
    onResultProcess: ({ result, serverContext }) => {
      const errors = 'errors' in result ? (result.errors ?? []) : [];
      for (const { extensions, originalError, path } of errors as readonly GraphQLError[]) {
        if (extensions?.code !== 'INTERNAL_ERROR') continue;
        (serverContext?.log ?? log).error(
          { err: (originalError as GraphQLError)?.originalError ?? originalError, errorId: extensions.errorId, path },
          'unexpected error',
        );
      }
    },
  };
}

/** Says in GraphQL's way what was wrong where Yoga only gives a status. */
function refusalsPlugin(): Plugin {
  return {
    onResponse: ({ response, setResponse, fetchAPI }) => {
      if (response?.status !== 406) return;
      const body = JSON.stringify({ errors: [notAcceptable()] });
      setResponse(new fetchAPI.Response(body, { status: 406, headers: { 'content-type': 'application/json' } }));
    },
  };
}

function notAcceptable(): GraphQLError {
  return userError(
    'BAD_REQUEST',
    'The answer is JSON. Let the header `accept` allow application/graphql-response+json or application/json.',
  );
}
