import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Limits } from '../config.ts';
import type { ServerContext } from '../context.ts';
import { rangesIn } from '../http/accept.ts';
import { shown, statusOf } from '../http/errors.ts';
import type { Connections } from './connections.ts';
import { patience, pingEvery } from './pace.ts';

// GraphQL over server-sent events, "distinct connections": an operation, a request.

/** What answers of this kind are sent with. */
export const streamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache',
  // Whoever compresses or buffers on the way would keep events back.
  'content-encoding': 'none',
  'x-accel-buffering': 'no',
};

/** An empty comment: some browsers don’t take a stream for open before something came. */
export const ping = ':\n\n';

export function event(name: 'next' | 'complete', data?: object): string {
  return `event: ${name}\ndata:${data ? ` ${JSON.stringify(data)}` : ''}\n\n`;
}

type HttpContext = ServerContext & { res?: ServerResponse; params?: object };

/** Counts the subscriptions that come as requests, and sends answers as events to those who ask for that. */
export function eventStreamPlugin(connections: Connections, limits: Limits): Plugin<object, HttpContext> {
  return {
    onSubscribe: ({ args }) => {
      // Other connections than a request’s own were counted when they were opened.
      const { res } = args.contextValue as Partial<HttpContext>;
      if (!res) return;
      const release = connections.add({ finish: () => {}, cut: () => res.destroy() });
      if (res.closed) release();
      else res.once('close', release);
    },
    onResultProcess: ({ request, result, resultProcessor, setResultProcessor, serverContext }) => {
      if (Array.isArray(result)) return;
      const { res, params } = serverContext;
      const streamed = isAsyncIterable<ExecutionResult>(result);
      if (!resultProcessor || !res || !(streamed || onlyEvents(request.headers.get('accept')))) return;
      setResultProcessor((final, { Response, ReadableStream }) => {
        const status = 'errors' in final && final.errors?.length && !('data' in final) ? statusOf(final.errors as never) : 200;
        return new Response(new ReadableStream(source(final as ExecutionResult, res, pingEvery(limits))), {
          // What is wrong with the operation is told in the stream alone: a client gives up at any other status.
          status: params && status === 400 ? 200 : status,
          headers: streamHeaders,
        });
      }, 'text/event-stream');
    },
  };
}

/** Whether a client takes nothing but events, also for what is only one result. */
function onlyEvents(accept: string | null): boolean {
  return rangesIn(accept).every((range) => range === 'text/event-stream');
}

/** The events of a result, each asked for when there is room for it. They end with the response. */
function source(
  result: ExecutionResult | AsyncIterable<ExecutionResult>,
  response: ServerResponse,
  every: number,
): UnderlyingDefaultSource<Uint8Array> {
  const results = isAsyncIterable<ExecutionResult>(result) ? result[Symbol.asyncIterator]() : [result].values();
  const encoder = new TextEncoder();
  let pinging: NodeJS.Timeout | undefined;
  const stop = () => {
    clearInterval(pinging);
    void results.return?.();
  };
  return {
    start: (controller) => {
      if (response.closed) return stop();
      response.once('close', stop);
      // When the headers are sent. Node destroys a socket that took nothing for so long.
      setImmediate(() => response.socket?.setTimeout(patience));
      controller.enqueue(encoder.encode(ping));
      pinging = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(ping));
      }, every);
    },
    pull: async (controller) => {
      const { done, value } = await results.next();
      if (response.closed) return;
      controller.enqueue(encoder.encode(done ? event('complete') : event('next', shown(value))));
      if (!done) return;
      clearInterval(pinging);
      controller.close();
    },
    cancel: stop,
  };
}
