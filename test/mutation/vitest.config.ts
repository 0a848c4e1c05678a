import { defineConfig } from 'vitest/config';

/** How Stryker has the scenarios run: in one worker, so that a mutant is switched on for all of them. */
export default defineConfig({
  test: {
    include: ['test/mutation/required-scenarios.ts'],
    testTimeout: 60_000,
    maxWorkers: 1,
    isolate: false,
    chaiConfig: { truncateThreshold: 0 },
  },
});
