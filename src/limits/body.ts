import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { may, type Viewer } from '../auth/viewer.ts';
import type { Limits } from '../config.ts';
import { userError } from '../errors.ts';

/** How many bytes a request's body may have: those who may import bring more along. */
export function bodyLimit(limits: Limits, viewer: Viewer): number {
  return may(viewer, 'EDIT') ? Math.max(limits.bodyBytes, limits.importBytes) : limits.bodyBytes;
}

/** Refuses bodies that are too large for whoever sends them, as soon as that shows. */
export function bodyPlugin(limits: Limits): Plugin<object, { viewer: Viewer }> {
  return {
    onRequestParse: ({ request, serverContext, requestParser, setRequestParser, fetchAPI }) => {
      const limit = bodyLimit(limits, serverContext.viewer);
      const said = Number(request.headers.get('content-length'));
      if (said > limit) throw tooLarge(limit, said);
      if (!requestParser || !request.body) return;
      setRequestParser((incoming) => {
        // What the header says need not be so, and a body in chunks has none.
        let read = 0;
        const { body } = incoming;
        // The two kinds of streams don't go together.
        const Counter = body instanceof ReadableStream ? globalThis.TransformStream : fetchAPI.TransformStream;
        const counted = body?.pipeThrough(
          new Counter<Uint8Array, Uint8Array>({
            transform: (chunk, controller) => {
              read += chunk.byteLength;
              if (read > limit) controller.error(tooLarge(limit));
              else controller.enqueue(chunk);
            },
          }),
        );
        const { url, method, headers, signal } = incoming;
        const init = { method, headers, signal, body: counted, duplex: 'half' };
        return requestParser(new fetchAPI.Request(url, init as RequestInit));
      });
    },
  };
}

function tooLarge(limit: number, found?: number): GraphQLError {
  return userError(
    'BODY_TOO_LARGE',
    `The request’s body has ${found ?? `more than ${limit}`} bytes; up to ${limit} are allowed. Ask in several requests.`,
    { extensions: { limit, ...(found ? { found } : {}), http: { status: 413 } } },
  );
}
