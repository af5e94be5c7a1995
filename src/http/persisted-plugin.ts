import type { Plugin } from 'graphql-yoga';
import { type DocumentRequest, documentOf, idParameters, onlyPersisted, type PersistedDocuments } from './persisted.ts';

/** Finds the documents that requests name, and in strict mode lets nothing else be parsed, however it came. */
export function persistedPlugin(documents: PersistedDocuments): Plugin {
  const allowed = new Set(documents.texts.values());
  return {
    onParams: ({ params, request, setParams }) => {
      const asked: DocumentRequest = request.method === 'GET' ? { ...idsInUrl(request.url), ...params } : params;
      const query = documentOf(documents, asked);
      if (query !== params.query) setParams({ ...params, query });
    },
    onParse: ({ params: { source } }) => {
      // A persisted document that is sent as a text is the same document: what may be run is the question, not how it is said.
      if (documents.only && !allowed.has(typeof source === 'string' ? source : source.body)) throw onlyPersisted();
    },
  };
}

/** Yoga takes the other parameters from the URL. */
function idsInUrl(url: string): DocumentRequest {
  const { searchParams } = new URL(url);
  return Object.fromEntries(idParameters.map((name) => [name, searchParams.get(name)]));
}
