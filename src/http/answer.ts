import { type ExecutionResult, GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { TextData } from '../compiler/answer/index.ts';
import { matches, rangesIn } from './accept.ts';
import { shown } from './errors.ts';

// What a result is sent as over HTTP, unless as events.

/** The media types of answers, as GraphQL over HTTP has them. A client that takes both alike gets the last. */
export const mediaTypes = ['application/graphql-response+json', 'application/json'] as const;

export type MediaType = (typeof mediaTypes)[number];

/** The headers that were met. There are few, and a stranger can't make it many, or long. */
const chosen = new Map<string, MediaType | undefined>();
const mostChosen = 200;
const longestChosen = 200;

/**
 * The media type that a client takes by its header `accept`: of those that it names the first, whatever the weights,
 * as Yoga chooses it for what isn't ours to send; undefined when it takes none.
 */
export function mediaTypeFor(accept: string | null | undefined): MediaType | undefined {
  const header = accept || '*/*';
  if (chosen.has(header)) return chosen.get(header);
  const [first] = rangesIn(header).flatMap((range) => mediaTypes.findLast((type) => matches(range, type)) ?? []);
  if (chosen.size < mostChosen && header.length <= longestChosen) chosen.set(header, first);
  return first;
}

/** What is sent: the status, the headers that are the answer's own, and the body. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** A result without errors. Most data comes as the text that it is. */
function textOf(result: ExecutionResult): string {
  const { data, extensions } = result;
  return data instanceof TextData && !extensions ? `{"data":${data.text}}` : JSON.stringify(result);
}

/** The answer that a result makes. */
export function answerOf(result: ExecutionResult, mediaType: MediaType): Answer {
  const headers = { 'content-type': `${mediaType}; charset=utf-8` };
  if (!result.errors?.length) return { status: 200, headers, text: textOf(result) };
  for (const { extensions } of result.errors) Object.assign(headers, extensions?.http?.headers);
  return { status: statusOf(result, mediaType), headers, text: JSON.stringify(shown(result)) };
}

/**
 * The highest status that an error asks for. Those of GraphQL itself leave it at 200 for clients that take
 * application/json alone: they would not read the errors of another.
 */
function statusOf({ errors = [], data }: ExecutionResult, mediaType: MediaType): number {
  const statuses = errors.flatMap(({ extensions }) => {
    const { status, spec } = extensions?.http ?? {};
    return status && !(spec && mediaType === 'application/json') ? [status] : [];
  });
  if (statuses.length > 0) return Math.max(...statuses);
  return data === undefined && errors.some((error) => !error.extensions?.http && isDefect(error)) ? 500 : 200;
}

function isDefect(error: GraphQLError): boolean {
  const { originalError } = error;
  return originalError != null && !(originalError instanceof GraphQLError && !isDefect(originalError));
}

/** Has Yoga send results as they are sent on every path. */
export function answersPlugin(): Plugin {
  return {
    onResultProcess: ({ request, result, resultProcessor, setResultProcessor }) => {
      const mediaType = mediaTypeFor(request.headers.get('accept'));
      if (!resultProcessor || !mediaType || isAsyncIterable(result) || Array.isArray(result)) return;
      setResultProcessor((final, { Response }) => {
        const { status, headers, text } = answerOf(final as ExecutionResult, mediaType);
        return new Response(text, { status, headers });
      }, mediaType);
    },
  };
}
