import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { userError } from '../errors.ts';
import { badRequest } from './errors.ts';

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

/** Says in GraphQL's way what was wrong where Yoga only gives a status. */
export function refusalsPlugin(): Plugin {
  return {
    onResponse: ({ response, setResponse, fetchAPI }) => {
      if (response?.status !== 406) return;
      const body = JSON.stringify({ errors: [notAcceptable()] });
      setResponse(new fetchAPI.Response(body, { status: 406, headers: { 'content-type': 'application/json' } }));
    },
  };
}

function notAcceptable(): GraphQLError {
  return userError(
    'BAD_REQUEST',
    'The answer is JSON, and that of a subscription server-sent events. Let the header `accept` allow application/graphql-response+json or application/json, or text/event-stream for a subscription.',
  );
}
