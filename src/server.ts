import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import { authentication } from './auth/authenticate.ts';
import { gatewayPlugin } from './auth/gateway.ts';
import { authPlugin } from './auth/plugin.ts';
import { reader } from './auth/viewer.ts';
import type { Config } from './config.ts';
import type { Context, ServerContext } from './context.ts';
import type { Database } from './database/database.ts';
import { addressOf } from './http/address.ts';
import { cachingPlugin, vary, varying } from './http/caching.ts';
import { compress } from './http/compression.ts';
import { allowsUpgrade, permitOrigin } from './http/cors.ts';
import { errorsPlugin, maskError } from './http/errors.ts';
import { idParameters, type PersistedDocuments } from './http/persisted.ts';
import { persistedPlugin } from './http/persisted-plugin.ts';
import { refusalsPlugin, requestPlugin } from './http/requests.ts';
import { refuseUnreadable } from './http/unreadable.ts';
import { bodyLimit, bodyPlugin } from './limits/body.ts';
import { limitsPlugin } from './limits/plugin.ts';
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
  /** Says when the process stops, so that subscribers are told. */
  stopping?: AbortSignal;
}

const endpoint = '/graphql';
const methods = 'GET, HEAD, POST';

/**
 * The HTTP server, not yet listening: GraphQL and the playground on `/graphql`, also by WebSocket, event streams
 * for several operations on `/graphql/stream`, `/health` for the process and `/ready` for the database.
 */
export function createHttpServer({ database, config, documents, log, stopping = new AbortController().signal }: Parts): Server {
  const { limits } = config;
  const authenticate = authentication(database.prisma, config);
  const changes = new Changes(database, log, { kept: limits.subscriptionLag });
  const connections = new Connections(limits.connections, stopping);
  const yoga = createYoga<ServerContext, Context>({
    schema: servedSchema(config.federationNode),
    graphqlEndpoint: endpoint,
    context: ({ requestId, log: requestLog, viewer }) => ({ prisma: database.prisma, viewer, requestId, log: requestLog }),
    maskedErrors: { maskError },
    // What `bodyPlugin` allows to those who may most.
    maxRequestBodySize: bodyLimit(limits, { id: null, role: 'ADMIN' }),
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
      gatewayPlugin(config.gateway),
      persistedPlugin(documents),
      limitsPlugin(limits),
      subscriptionsPlugin({ changes, authenticate, limits, stopping }),
      errorsPlugin(log),
      eventStreamPlugin(connections, limits),
      refusalsPlugin(),
      cachingPlugin(config.cacheMaxAge),
    ],
  });

  const takeStreamRequest = singleConnection({ yoga, authenticate, connections, limits });
  const server = createServer((request, response) => {
    const { method } = request;
    const requestId = randomUUID();
    const requestLog = log.child({ requestId });
    const start = performance.now();
    const context: ServerContext = {
      requestId,
      log: requestLog,
      viewer: reader,
      authorization: request.headers.authorization ?? null,
      address: addressOf(request, config.addressHeader),
    };
    response.setHeader('x-request-id', requestId);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cache-control', 'no-store');
    response.on('close', () => {
      requestLog.info(
        {
          method,
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
        vary(response, ...varying);
        if (permitOrigin(config.corsOrigins, request, response, methods)) break;
        compress(request, response);
        // Node leaves the body out of the answer.
        if (method === 'HEAD') request.method = 'GET';
        // Yoga makes a URL of it, and answers with a stack trace when that isn't one.
        request.headers.host = 'localhost';
        yoga(request, response, context);
        break;
      case `${endpoint}/stream`:
        vary(response, ...varying);
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

function path(request: IncomingMessage): string {
  // Without the query, which may hold what people searched for.
  return request.url?.split('?', 1)[0] ?? '/';
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
