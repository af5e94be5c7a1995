import type { CodegenConfig } from '@graphql-codegen/cli';
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

const examples = 'examples/*.graphql';
const scalars = ['DateTime', 'EDTF', 'JSON', 'Language'];

/** The scalars of `verbatim-client`, seen from where its generated files are. */
const clientScalars = Object.fromEntries(scalars.map((name) => [name, `../scalars.js#${name}`]));

const config: CodegenConfig = {
  schema: 'schema.graphql',
  ignoreNoDocuments: true,
  generates: {
    // Types for the GraphQL documents of the tests and the examples, so that the type check reads them too.
    'test/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      documents: [examples, 'test/**/*.graphql', 'test/**/*.ts', '!test/generated/**'],
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        importExtension: '.ts',
        strictScalars: true,
        scalars: { DateTime: 'string', EDTF: 'string', JSON: 'unknown', Language: 'string' },
        useTypeImports: true,
      },
    },
    // The package `verbatim-client`. Its documents name all types, since the caches of clients would add
    // `__typename` by themselves, and a document that the server knows by its hash can't be added to.
    'client/src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' }, skipIndexFile: true },
      documents: [examples, 'client/operations/*.graphql'],
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: {
        importExtension: '.js',
        namingConvention: 'keep',
        nonOptionalTypename: true,
        scalars: clientScalars,
        strictScalars: true,
        useTypeImports: true,
      },
    },
    'client/src/generated/schema.ts': {
      plugins: ['typescript'],
      config: {
        enumsAsConst: true,
        importExtension: '.js',
        namingConvention: 'keep',
        scalars: clientScalars,
        strictScalars: true,
        useTypeImports: true,
      },
    },
    'client/src/generated/cache.ts': { plugins: ['./client/codegen/cache.mjs'] },
    'client/src/generated/introspection.ts': { plugins: ['./client/codegen/introspection.mjs'] },
  },
};

export default config;
