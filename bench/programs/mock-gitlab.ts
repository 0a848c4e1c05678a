import { createMockGitlab, type MockGitlab } from '../../harness/gitlab/index.ts';
import type { Ledger } from '../../harness/ledger/index.ts';
import { recorded } from './recorded.ts';
import { answerTasks } from './tasks.ts';

let gitlab: MockGitlab | undefined;
let record: Ledger | undefined;

answerTasks({
  start: async ({ longPollMs = 0 }: { longPollMs?: number }) => {
    await gitlab?.[Symbol.asyncDispose]();
    const { clock, ledger, dir } = await recorded();
    record = ledger;
    gitlab = await createMockGitlab({ spec: { longPollMs }, clock, ledger, dir });
    return { port: gitlab.port, token: gitlab.tokens.runner };
  },
  /** How many whole requests have come in. Counted when asked: nobody reads along in a run. */
  arrived: () => record?.events.filter(({ kind }) => kind === 'request-body').length ?? 0,
  release: () => gitlab?.releaseLongPolls(),
});
