import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

/**
 * The id under which a server that was given `persisted-documents.json` knows a document: `sha256:` and the hash.
 * @throws when the document is none of this package's, nor one that codegen's client preset made with its hash.
 */
export function documentId(document: Pick<TypedDocumentNode, 'kind'> & { __meta__?: unknown }): string {
  const { __meta__: meta } = document;
  if (typeof meta === 'object' && meta !== null && 'hash' in meta && typeof meta.hash === 'string') return meta.hash;
  throw new Error('The document has no hash: it must be made by codegen, with `persistedDocuments`.');
}
