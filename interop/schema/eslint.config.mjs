import plugin from '@graphql-eslint/eslint-plugin';

// The rules for the schema: all of `schema-recommended` and `schema-relay`. What is said here holds for the
// whole schema; single types and fields that are let off stand in exceptions.mjs.

const { 'flat/schema-recommended': recommended, 'flat/schema-relay': relay } = plugin.configs;

export default [
  {
    files: ['**/*.graphql'],
    plugins: { '@graphql-eslint': plugin },
    languageOptions: { parser: plugin.parser },
    rules: {
      ...recommended.rules,
      ...relay.rules,
      // What stands for an answer or for a place in a list is no thing of its own, to be found again by an id.
      '@graphql-eslint/strict-id-in-types': ['error', { exceptions: { suffixes: ['Payload', 'Edge', 'Connection', 'PageInfo'] } }],
      // The Relay specification doesn't ask for it. `nodes` is the list without its edges, and what can't grow
      // (the errors of a payload, the passages of an appearance) needs no pages.
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
    },
  },
];
