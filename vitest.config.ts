import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The package has two builds; the tests must have the one that Node gives to everything else.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    pool: 'forks',
    // Two processes read and compile the program and the embedded PostgreSQL once, and not once for each file.
    isolate: false,
    maxWorkers: 2,
    // What hangs is ended; how long the rest takes depends on the machine, and is no matter of a test.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    expect: { requireAssertions: true },
  },
});
