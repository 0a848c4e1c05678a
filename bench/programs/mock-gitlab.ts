import { createMockGitlab, type MockGitlab } from '../../harness/gitlab/index.ts';
import { recorded } from './recorded.ts';
import { answerTasks } from './tasks.ts';

let gitlab: MockGitlab | undefined;
let arrived = 0;

answerTasks({
  start: async ({ longPollMs = 0 }: { longPollMs?: number }) => {
    await gitlab?.[Symbol.asyncDispose]();
    const { clock, ledger, dir } = recorded();
    arrived = 0;
    ledger.watch(({ kind }) => {
      if (kind === 'request-body') arrived += 1;
    });
    gitlab = await createMockGitlab({ spec: { longPollMs }, clock, ledger, dir });
    return { port: gitlab.port, token: gitlab.tokens.runner };
  },
  /** How many whole requests have come in. */
  arrived: () => arrived,
  release: () => gitlab?.releaseLongPolls(),
});
