import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The package has two builds; the tests must have the one that Node gives to everything else.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    // A process of its own gives the embedded database's memory back when its file is done.
    pool: 'forks',
    maxWorkers: 2,
    // What hangs is ended; how long the rest takes depends on the machine, and is no matter of a test.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    expect: { requireAssertions: true },
  },
});
