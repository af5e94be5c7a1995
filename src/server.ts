import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { execute as graphqlExecute } from 'graphql';
import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import { authentication } from './auth/authenticate.ts';
import { authPlugin } from './auth/plugin.ts';
import { reader } from './auth/viewer.ts';
import { answering } from './compiler/answer/index.ts';
import type { Config } from './config.ts';
import type { Context, ServerContext } from './context.ts';
import type { Database } from './database/database.ts';
import { addressOf } from './http/address.ts';
import { answersPlugin } from './http/answer.ts';
import { cachingPlugin, varying } from './http/caching.ts';
import { compress } from './http/compression.ts';
import { allowsUpgrade, permitOrigin } from './http/cors.ts';
import { errorsPlugin, maskError } from './http/errors.ts';
import { isOrdinary, leanPath } from './http/lean.ts';
import { idParameters, type PersistedDocuments } from './http/persisted.ts';
import { refusalsPlugin, requestPlugin } from './http/requests.ts';
import { refuseUnreadable } from './http/unreadable.ts';
import { bodyPlugin } from './limits/body.ts';
import { type Execute, Operations } from './operation/operations.ts';
import { operationsPlugin } from './operation/plugin.ts';
import { playgroundOptions, renderNoPlayground, renderPlayground } from './playground/playground.ts';
import { servedSchema } from './schema.ts';
import { Changes } from './subscriptions/changes.ts';
import { subscriptionsPlugin } from './subscriptions/plugin.ts';
import { Connections } from './transports/connections.ts';
import { eventStreamPlugin } from './transports/event-stream.ts';
import { singleConnection, streamMethods } from './transports/single-connection.ts';
import { serveWebSockets } from './transports/websocket.ts';

interface Parts {
  database: Database;
  config: Config;
  /** What requests may name instead of sending it. */
  documents: PersistedDocuments;
  log: Logger;
  /** How queries and mutations are executed, if not as GraphQL.js does it. */
  execute?: Execute;
  /** Says when the process stops, so that subscribers are told. */
  stopping?: AbortSignal;
}

const endpoint = '/graphql';
const methods = 'GET, HEAD, POST';

/**
 * The HTTP server, not yet listening: GraphQL and the playground on `/graphql`, also by WebSocket, event streams
 * for several operations on `/graphql/stream`, `/health` for the process and `/ready` for the database.
 */
export function createHttpServer({
  database,
  config,
  documents,
  log,
  execute = executor(config),
  stopping = new AbortController().signal,
}: Parts): Server {
  const { limits } = config;
  const authenticate = authentication(database.prisma, config);
  const changes = new Changes(database, log, { kept: limits.subscriptionLag });
  const connections = new Connections(limits.connections, stopping);
  const schema = servedSchema(config.federationNode);
  const operations = new Operations({ schema, documents, gateway: config.gateway, limits, execute });
  const { prisma } = database;
  const yoga = createYoga<ServerContext, Context>({
    schema,
    graphqlEndpoint: endpoint,
    context: ({ requestId, log: requestLog, viewer }) => ({ prisma, viewer, requestId, log: requestLog }),
    maskedErrors: { maskError },
    // Both are our own, for every path: `bodyPlugin` and `operationsPlugin`.
    maxRequestBodySize: false,
    parserAndValidationCache: false,
    multipart: false,
    // Below, for every way to ask.
    cors: false,
    logging: false,
    landingPage: false,
    graphiql: playgroundOptions,
    renderGraphiQL: documents.only ? renderNoPlayground : renderPlayground,
    extraParamNames: [...idParameters],
    plugins: [
      authPlugin(authenticate),
      bodyPlugin(limits),
      requestPlugin(),
      refusalsPlugin(),
      operationsPlugin(operations),
      subscriptionsPlugin({ changes, authenticate, limits, stopping }),
      errorsPlugin(log),
      answersPlugin(),
      eventStreamPlugin(connections, limits),
      cachingPlugin(config.cacheMaxAge),
    ],
  });

  const takeStreamRequest = singleConnection({ yoga, authenticate, connections, limits });
  const answerOrdinary = leanPath({ operations, authenticate, prisma, limits, log });

  function answerLean(request: IncomingMessage, response: ServerResponse, requestId: string): void {
    let headers: Record<string, string> = headersOf(requestId);
    if (config.corsOrigins.length > 0) {
      setHeaders(response, headers);
      permitOrigin(config.corsOrigins, request, response, methods);
      // They are known to the response now; else it is given all at once, which takes less.
      headers = {};
    }
    const handOn = (body: string) => {
      // Yoga takes what was read already from there.
      Object.assign(request, { body });
      serve(request, response, requestId);
    };
    void answerOrdinary({ request, response, requestId, headers, handOn });
  }

  function serve(request: IncomingMessage, response: ServerResponse, requestId: string): void {
    const requestLog = log.child({ requestId });
    const context: ServerContext = {
      requestId,
      log: requestLog,
      viewer: reader,
      authorization: request.headers.authorization ?? null,
      address: addressOf(request, config.addressHeader),
    };
    setHeaders(response, headersOfAll(requestId));
    switch (path(request)) {
      case endpoint:
        setHeaders(response, headersOf(requestId));
        if (permitOrigin(config.corsOrigins, request, response, methods)) break;
        compress(request, response);
        // Node leaves the body out of the answer.
        if (request.method === 'HEAD') request.method = 'GET';
        // Yoga makes a URL of it, and answers with a stack trace when that isn't one.
        request.headers.host = 'localhost';
        yoga(request, response, context);
        break;
      case `${endpoint}/stream`:
        setHeaders(response, headersOf(requestId));
        if (permitOrigin(config.corsOrigins, request, response, streamMethods)) break;
        takeStreamRequest(request, response, context);
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
  }

  const server = createServer((request, response) => {
    const { method } = request;
    const requestId = randomUUID();
    const start = performance.now();
    const lean = config.leanPath && request.url === endpoint && isOrdinary(request);
    response.on('close', () => {
      log.info(
        {
          requestId,
          method,
          path: lean ? endpoint : path(request),
          status: response.statusCode,
          ms: Math.round(performance.now() - start),
          finished: response.writableFinished,
          lean,
        },
        'request',
      );
    });
    if (lean) answerLean(request, response, requestId);
    else serve(request, response, requestId);
  });
  refuseUnreadable(server, log);
  serveWebSockets(server, endpoint, {
    yoga,
    authenticate,
    connections,
    limits,
    log,
    mayConnect: (request) => allowsUpgrade(config.corsOrigins, request),
    addressOf: (request) => addressOf(request, config.addressHeader),
  });
  const closeRequests = server.closeAllConnections.bind(server);
  // Those that are no longer HTTP's are none of its own to Node.
  server.closeAllConnections = () => {
    connections.cut();
    closeRequests();
  };
  return server;
}

/** Plans outlive the requests, so there is one for each server. */
function executor({ answerCompiler }: Config): Execute {
  return answerCompiler ? answering(graphqlExecute) : graphqlExecute;
}

function path(request: IncomingMessage): string {
  // Without the query, which may hold what people searched for.
  return request.url?.split('?', 1)[0] ?? '/';
}

/** The headers of every answer of GraphQL. */
function headersOf(requestId: string): Record<string, string> {
  return { ...headersOfAll(requestId), vary: varying };
}

/** The headers of every answer. */
function headersOfAll(requestId: string): Record<string, string> {
  return { 'x-request-id': requestId, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };
}

function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
