import type { GraphQLParams } from 'graphql-yoga';
import { badRequest } from '../http/errors.ts';
import { type DocumentRequest, documentOf, idParameters, type PersistedDocuments } from '../http/persisted.ts';

/** What a request asks, checked: its document, what it is run with, and the ids by which it named that. */
export type Params = GraphQLParams & { query: string };

/** The parameters of GraphQL over HTTP, and those that name a document. */
const names = new Set<string>(['query', 'variables', 'operationName', 'extensions', ...idParameters]);

/**
 * Reads the body of a request.
 * @throws {GraphQLError} BAD_REQUEST.
 */
export function readParams(body: string): object {
  const params = parseJson(body);
  if (typeof params !== 'object' || params === null) {
    throw badRequest(`The body is a JSON object that has a \`query\`; it is ${params === null ? 'null' : `a ${typeof params}`}.`, 400);
  }
  if (Array.isArray(params)) throw badRequest('Batching is not supported. Send each operation as a request of its own.', 400);
  return params;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without what stands in it.
    throw badRequest('The request’s body is not JSON.', 400);
  }
}

/**
 * Checks what a request asks, and finds the document that it names.
 * @param asked the parameters with the ids in the URL, if that has some.
 * @throws {GraphQLError} BAD_REQUEST, or that there is no such document.
 */
export function checkParams<Given extends object>(
  documents: PersistedDocuments,
  given: Given,
  asked: DocumentRequest = given,
): Given & Params {
  const query = documentOf(documents, asked);
  for (const [name, value] of Object.entries(given)) {
    if (value == null) continue;
    if (!names.has(name)) throw badRequest(`Unexpected parameter "${name}" in the request body.`, 400);
    if ((name === 'variables' || name === 'extensions') && (typeof value !== 'object' || Array.isArray(value))) {
      throw badRequest(`"${name}" is an object, or left out; here it is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}.`, 400);
    }
  }
  return { ...given, query };
}
