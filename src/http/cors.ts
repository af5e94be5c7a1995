import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config.ts';
import { vary } from './caching.ts';

// Which pages may ask, by the site that they come from. Browsers keep to it; other programs don't send an origin.

type Origins = Config['corsOrigins'];

/** Seconds for which a browser need not ask again; some take less. */
const preflightAge = 86_400;

/** What a page may read of an answer besides the headers that it always may. */
const exposed = 'x-request-id, etag';

/** Whether the pages of an origin may read answers. */
export function allowsOrigin(origins: Origins, origin: string): boolean {
  return origins === '*' || origins.includes(origin);
}

/**
 * Whether a WebSocket may be opened. A browser doesn't ask before it opens one, so the server looks itself: at
 * pages of its own address, pages of origins that are allowed, and programs that are no browsers.
 */
export function allowsUpgrade(origins: Origins, { headers: { origin, host } }: Pick<IncomingMessage, 'headers'>): boolean {
  if (origin === undefined || allowsOrigin(origins, origin)) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}

/**
 * Gives the pages of allowed origins permission to read the answer, and answers a browser that asks in advance.
 * There is no permission to send cookies or client certificates: a token comes in a header, which a page sends itself.
 * @param methods those of the address, with commas between.
 * @returns whether that was all that was asked.
 */
export function permitOrigin(origins: Origins, request: IncomingMessage, response: ServerResponse, methods: string): boolean {
  if (origins !== '*' && origins.length > 0) vary(response, 'origin');
  const { origin } = request.headers;
  if (origin === undefined || !allowsOrigin(origins, origin)) return false;
  response.setHeader('access-control-allow-origin', origins === '*' ? '*' : origin);
  if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) {
    response.setHeader('access-control-expose-headers', exposed);
    return false;
  }
  response.setHeader('access-control-allow-methods', methods);
  // Clients name themselves and their requests in headers of their own. None of them gives any right.
  const headers = request.headers['access-control-request-headers'];
  if (headers) response.setHeader('access-control-allow-headers', headers);
  response.setHeader('access-control-max-age', preflightAge);
  response.writeHead(204).end();
  return true;
}
