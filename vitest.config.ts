import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: './test/prepare.ts',
    // Tests wait more than they work, so every processor gets a file.
    maxWorkers: '100%',
    // On a machine with eight times as much to do as it can, a test that starts the launcher twice takes two minutes.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    teardownTimeout: 10_000,
    // What an assertion found is told whole: a log that says `[ Array(1) ]` helps nobody.
    chaiConfig: { truncateThreshold: 0 },
    // What a browser does soon takes longer on such a machine, too.
    expect: { poll: { timeout: 30_000 } },
  },
});
