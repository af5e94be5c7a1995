import type { CodegenConfig } from '@graphql-codegen/cli';

// Types for the GraphQL documents of the tests and the examples, so that the type check reads them too.
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['examples/*.graphql', 'test/**/*.graphql', 'test/**/*.ts', '!test/generated/**'],
  ignoreNoDocuments: true,
  generates: {
    'test/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        importExtension: '.ts',
        strictScalars: true,
        scalars: { DateTime: 'string', EDTF: 'string', JSON: 'unknown', Language: 'string' },
        useTypeImports: true,
      },
    },
  },
};

export default config;
