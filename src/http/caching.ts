import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Plugin } from 'graphql-yoga';

// What browsers and caches on the way may keep. Every answer says `no-store` unless it is found to be good here.

/** The headers that tell who asks: an answer to a request with one of them is for nobody else. */
const credentials = ['authorization', 'gateway-authorization'];

/** What of a request the answers of GraphQL depend on, besides its URL. */
export const varying = ['accept', 'accept-encoding', ...credentials].join(', ');

/** Adds names of request headers on which the answer depends. */
export function vary(response: ServerResponse, ...names: string[]): void {
  const known = response.getHeader('vary');
  response.setHeader('vary', [...(known === undefined ? [] : [String(known)]), ...names].join(', '));
}

/**
 * How a good answer may be kept. What an account was told is kept by its own client alone and never used unasked,
 * since the right to see it can end at any time.
 * @param maxAge seconds for which an answer to nobody in particular may be used without asking.
 */
export function cacheControl(headers: { get(name: string): string | null }, maxAge: number): string {
  if (credentials.some((name) => headers.get(name) !== null)) return 'private, no-cache';
  return maxAge > 0 ? `public, max-age=${maxAge}` : 'public, no-cache';
}

/** Names an answer by its bytes. It is weak, since compression changes them. */
export function entityTag(contentType: string, body: string): string {
  return `W/"${createHash('sha256').update(contentType).update('\n').update(body).digest('base64url').slice(0, 27)}"`;
}

/** Whether the header `If-None-Match` names the answer, compared weakly as RFC 9110 has it for this header. */
export function isKnown(ifNoneMatch: string | null, tag: string): boolean {
  if (ifNoneMatch === null) return false;
  const opaque = (each: string) => each.replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || (ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? []).some((each) => opaque(each) === opaque(tag));
}

/** Lets clients and caches keep the answers of queries in a URL, unless they have errors, and the playground. */
export function cachingPlugin(maxAge: number): Plugin {
  const withoutErrors = new WeakSet<Request>();
  return {
    onResultProcess: ({ request, result }) => {
      if (request.method === 'GET' && 'data' in result && !('errors' in result)) withoutErrors.add(request);
    },
    onResponse: async ({ request, response, setResponse, fetchAPI }) => {
      if (request.method !== 'GET' || response?.status !== 200) return;
      const contentType = response.headers.get('content-type') ?? '';
      const isPage = contentType.startsWith('text/html');
      // A stream of events has another type.
      const isAnswer = withoutErrors.has(request) && /^application\/(?:graphql-response\+)?json\b/.test(contentType);
      if (!isPage && !isAnswer) return;
      const body = await response.text();
      const etag = entityTag(contentType, body);
      // The page may change with the server's version.
      const headers = { etag, 'cache-control': isPage ? 'public, no-cache' : cacheControl(request.headers, maxAge) };
      setResponse(
        isKnown(request.headers.get('if-none-match'), etag)
          ? new fetchAPI.Response(null, { status: 304, headers })
          : new fetchAPI.Response(body, { status: 200, headers: { ...headers, 'content-type': contentType } }),
      );
    },
  };
}
