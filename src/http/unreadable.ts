import { randomUUID } from 'node:crypto';
import { maxHeaderSize, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { ErrorCode } from '../errors.ts';

/** How long a client that is still sending has to read why it isn't heard, in milliseconds. */
const patience = 1_000;

/** The refusals of Node's parser, by its codes; anything else is not HTTP. */
const refusals: Record<string, [status: number, message: string]> = {
  HPE_HEADER_OVERFLOW: [431, `The URL and the headers have more than ${maxHeaderSize} bytes together. Send long queries with POST.`],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The chunks of the body have extensions that are too long. Leave them out.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive. Send it again.'],
};

/** Says what is wrong with requests that Node can't read, as clearly as with others. */
export function refuseUnreadable(server: Server, log: Logger): void {
  const responses = new WeakMap<Duplex, ServerResponse>();
  server.on('request', ({ socket }, response) => responses.set(socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const response = responses.get(socket);
    const isAnswering = response !== undefined && !response.closed && response.headersSent;
    if (!socket.writable || isAnswering) {
      socket.destroy();
      return;
    }
    const [status, message] = refusals[error.code ?? ''] ?? [400, 'The request is not HTTP/1.1.'];
    const requestId = randomUUID();
    log.info({ requestId, status }, 'unreadable request');
    const code: ErrorCode = 'BAD_REQUEST';
    const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
    const headers = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      'x-content-type-options: nosniff',
      'connection: close',
      `x-request-id: ${requestId}`,
    ];
    socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`);
    setTimeout(() => socket.destroy(), patience).unref();
  });
}
