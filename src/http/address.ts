import type { IncomingMessage } from 'node:http';

/**
 * The network address of whoever sends a request.
 * @param header the one in which a proxy says it; its last entry is the proxy's own, and the others may be anything.
 */
export function addressOf({ headers, socket }: IncomingMessage, header: string | undefined): string {
  const said = header === undefined ? undefined : headers[header];
  const last = (Array.isArray(said) ? said.join(',') : said)?.split(',').at(-1)?.trim();
  return last || (socket.remoteAddress ?? '');
}
