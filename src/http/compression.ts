import type { IncomingMessage, ServerResponse } from 'node:http';
import compression from 'compression';

/** Types that shrink. Streams of events are not among them: an event would wait for the next to fill a block. */
const compressible = /^(?:application\/(?:graphql-response\+)?json|text\/html)\b/;

/** Bytes below which an answer fits into one packet as it is. */
export const threshold = 1_024;

// Its types are Express's, which it doesn't need.
const compressed = compression({
  threshold,
  filter: (_request, response) => compressible.test(String(response.getHeader('content-type'))),
}) as unknown as (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Compresses what is written to the response, as the client takes it. */
export function compress(request: IncomingMessage, response: ServerResponse): void {
  compressed(request, response, () => {});
}
