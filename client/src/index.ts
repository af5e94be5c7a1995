export type { ResultOf, TypedDocumentNode, VariablesOf } from '@graphql-typed-document-node/core';
export { documentId } from './document-id.js';
export * from './generated/graphql.js';
export type { DateTime, EDTF, JSON, Language } from './scalars.js';
