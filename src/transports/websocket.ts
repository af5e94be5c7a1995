import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { userError } from '../errors.ts';
import { shownError, statusOf } from '../http/errors.ts';
import { bodyLimit } from '../limits/body.ts';
import { refuseUpgrade, serveWithoutUpgrade, wantsWebSocket } from './upgrade.ts';
import { WebSocketConnection, type WebSocketParts } from './websocket-connection.ts';

/** Takes WebSockets at the address of GraphQL, with the protocol graphql-transport-ws. */
export function serveWebSockets(server: Server, path: string, parts: WebSocketParts): void {
  const { limits, log } = parts;
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // What those may send who may most. Each connection lowers it to its own.
    maxPayload: bodyLimit(limits, { id: null, role: 'ADMIN' }),
    handleProtocols: (offered) => handleProtocols(offered),
  });

  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (request.url?.split('?', 1)[0] !== path || !wantsWebSocket(request)) {
      serveWithoutUpgrade(server, request, socket, head);
      return;
    }
    const requestId = randomUUID();
    const refusal = refusalOf(request, parts);
    if (refusal) {
      const status = statusOf([refusal]);
      log.info({ requestId, path, status }, 'websocket refused');
      refuseUpgrade(socket, status, requestId, { errors: [shownError(refusal)] });
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      new WebSocketConnection(opened, request, { ...parts, log: log.child({ requestId }) });
    });
  });
}

function refusalOf(request: IncomingMessage, { connections, mayConnect }: WebSocketParts) {
  if (!mayConnect(request)) {
    return userError('FORBIDDEN', `Pages of ${request.headers.origin} may not open a WebSocket here.`, {
      extensions: { http: { status: 403 } },
    });
  }
  if (!request.headers['sec-websocket-protocol']?.split(',').some((each) => each.trim() === GRAPHQL_TRANSPORT_WS_PROTOCOL)) {
    return userError('BAD_REQUEST', `A WebSocket here speaks ${GRAPHQL_TRANSPORT_WS_PROTOCOL}. Offer that in \`Sec-WebSocket-Protocol\`.`, {
      extensions: { http: { status: 400 } },
    });
  }
  return connections.full ? connections.refusal() : undefined;
}
