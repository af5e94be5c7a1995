import type { ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { matches, rangesIn } from './accept.ts';
import { mediaTypes } from './answer.ts';
import { badRequest, shown } from './errors.ts';

/** Refuses requests that Yoga would take, or refuse without saying why. */
export function requestPlugin(): Plugin {
  return {
    onRequestParse: ({ request, requestParser, setRequestParser }) => {
      if (isEncoded(request.headers.get('content-encoding'))) {
        throw badRequest('Send the body as it is, without the header `content-encoding`. Only answers are compressed here.', 415);
      }
      // Forms and plain text are what a browser sends for the page of any site, without asking whether it may.
      if (request.method === 'POST' && !(requestParser && request.headers.get('content-type')?.startsWith('application/json'))) {
        throw badRequest('Send the body as JSON, with the header `content-type: application/json`.', 415);
      }
      if (requestParser) setRequestParser((incoming) => readRequest(requestParser, incoming));
    },
  };
}

/** A small body can unpack to a large one, so that its size would say nothing. */
function isEncoded(contentEncoding: string | null): boolean {
  return contentEncoding !== null && contentEncoding.trim().toLowerCase() !== 'identity';
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

/** What a request has beside what other connections have. */
interface HttpContext {
  request?: Request;
  res?: ServerResponse;
}

/** What the events of a subscription are sent as, and what an answer can be. */
export const eventTypes = ['text/event-stream'];
const answerTypes = [...mediaTypes, 'multipart/mixed', ...eventTypes];

/** Refuses what its client would not take the answer of, before it is done; and says what is wrong where Yoga only gives a status. */
export function refusalsPlugin(): Plugin<object, HttpContext> {
  return {
    onExecute: ({ args }) => checkAccepted(args.contextValue as HttpContext, answerTypes),
    onResponse: ({ response, setResponse, fetchAPI }) => {
      if (response?.status !== 406) return;
      const body = JSON.stringify(shown({ errors: [notAcceptable()] }));
      setResponse(new fetchAPI.Response(body, { status: 406, headers: { 'content-type': 'application/json' } }));
    },
  };
}

/** Refuses what comes as a request of its own, when its client takes no answer of these types. */
export function checkAccepted({ request, res }: HttpContext, types: readonly string[]): void {
  if (!request || !res) return;
  const ranges = rangesIn(request.headers.get('accept'));
  if (!types.some((type) => ranges.some((range) => matches(range, type)))) throw notAcceptable();
}

function notAcceptable(): GraphQLError {
  return badRequest(
    'The answer is JSON, and that of a subscription server-sent events. Let the header `accept` allow application/graphql-response+json or application/json, or text/event-stream for a subscription.',
    406,
  );
}
