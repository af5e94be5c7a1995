import { defineConfig } from 'vitest/config';

// The storms: not among the other tests, since they run the program itself, kill it, and take what time they are given.

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/storm/**/*.storm.ts'],
    pool: 'forks',
    // One storm after the other: each takes all that the machine has.
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 300_000,
    expect: { requireAssertions: true },
  },
});
