import { createHash } from 'node:crypto';
import type { GraphQLError } from 'graphql';
import { userError } from '../errors.ts';
import { badRequest } from './errors.ts';

// Requests that name a document, which the server has, instead of sending it.

/** The documents that requests may name. */
export interface PersistedDocuments {
  /** The texts by all the names that a request may use. */
  texts: ReadonlyMap<string, string>;
  /** Whether nothing else is run. */
  only: boolean;
}

export const noDocuments: PersistedDocuments = { texts: new Map(), only: false };

/** The parameters that name a document: that of GraphQL over HTTP, and those that are customary with Relay. */
export const idParameters = ['documentId', 'id', 'doc_id'] as const;

/** What of a request says which document it asks for, as it came in. */
export type DocumentRequest = { query?: unknown; extensions?: unknown } & Partial<Record<(typeof idParameters)[number], unknown>>;

/** The hash functions by the number of hexadecimal digits. Relay's compiler takes MD5 if it isn't told otherwise. */
const algorithms: Partial<Record<number, string>> = { 32: 'md5', 40: 'sha1', 64: 'sha256' };

/** Which hash a name is, if it is one: bare digits, or `sha256:` and those of SHA-256. */
export function hashIn(name: string): { algorithm: string; digits: string } | undefined {
  const [, prefix, digits = ''] = /^(sha256:)?([0-9a-f]+)$/.exec(name) ?? [];
  const algorithm = algorithms[digits.length];
  return algorithm && (!prefix || algorithm === 'sha256') ? { algorithm, digits } : undefined;
}

export function hashOf(text: string, algorithm: string): string {
  return createHash(algorithm).update(text).digest('hex');
}

/** Whether a name is the hash of a text. */
export function names(name: string, text: string): boolean {
  const hash = hashIn(name);
  return hash !== undefined && hashOf(text, hash.algorithm) === hash.digits;
}

/**
 * The document that a request asks to run, whether it sends it, names it, or both. Each way to ask calls this,
 * and has what it gets parsed by `yoga.getEnveloped()`, which refuses what may not be run.
 * @throws {GraphQLError} when there is no such document, or the request contradicts itself.
 */
export function documentOf(documents: PersistedDocuments, request: DocumentRequest): string {
  const { query } = request;
  if (query != null && typeof query !== 'string') throw badRequest('The `query` must be a string that holds a GraphQL document.', 400);
  const apollos = apollosHash(request.extensions);
  const ids = [...idParameters.map((name) => request[name]), apollos].filter((id) => id != null);
  if (!ids.every((id) => typeof id === 'string')) throw badRequest('The id of a persisted document must be a string.', 400);
  if (ids.length === 0) {
    if (query == null) throw badRequest('The request has no `query`, nor the id of a persisted document.', 400);
    return query;
  }
  // The protocol of WebSockets wants a `query` in any case.
  const texts = query ? [query] : ids.map((id) => documents.texts.get(id));
  const [text] = texts;
  if (text === undefined || texts.includes(undefined)) throw notFound(documents, apollos !== undefined && !documents.only);
  if (query ? !ids.every((id) => names(id, query)) : texts.some((each) => each !== text)) {
    throw badRequest('The request names another document than it sends, or two. An id is the hash of its `query`, to the letter.', 400);
  }
  return text;
}

/** Where Apollo's clients put the hash. */
function apollosHash(extensions: unknown): unknown {
  if (typeof extensions !== 'object' || extensions === null || !('persistedQuery' in extensions)) return undefined;
  const { persistedQuery } = extensions;
  if (typeof persistedQuery !== 'object' || persistedQuery === null || !('sha256Hash' in persistedQuery)) return undefined;
  return persistedQuery.sha256Hash ?? undefined;
}

/** The status is 200 for clients that take application/json alone: they would not read the errors of another. */
const http = (status: number) => ({ http: { status, spec: true } });

/** @param canSend whether the client will send the text, when it is told so in the words of Apollo's protocol. */
function notFound({ texts }: PersistedDocuments, canSend: boolean): GraphQLError {
  if (!canSend) {
    const advice = 'This server has those that it was started with.';
    return userError('PERSISTED_DOCUMENT_NOT_FOUND', `There is no persisted document by that id. ${advice}`, { extensions: http(400) });
  }
  // Clients look for these messages. After the second they never try again, and send texts.
  return texts.size > 0
    ? userError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', { extensions: http(400) })
    : userError('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', { extensions: http(400) });
}

/** For a text that is not among the persisted, where nothing else is run. */
export function onlyPersisted(): GraphQLError {
  const advice = 'Name one by its `documentId`.';
  return userError('PERSISTED_DOCUMENTS_ONLY', `This server runs persisted documents alone, and this is none of them. ${advice}`, {
    extensions: http(403),
  });
}
