import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { type Clock, realClock } from '../../harness/clock/index.ts';
import {
  createMockGitlab,
  type GitlabSpec,
  type MockGitlab,
  type MockGitlabOptions,
} from '../../harness/gitlab/index.ts';
import { countingSink, Evidence, Ledger, Secrets } from '../../harness/ledger/index.ts';

/** A mock GitLab with a ledger of its own, for one test. */
export interface Started extends AsyncDisposable {
  readonly gitlab: MockGitlab;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Its URL on loopback, where names do not resolve. */
  readonly base: string;
  readonly api: ReturnType<typeof request>;
  readonly evidence: Evidence;
  /** What was flagged so far. */
  readonly flags: string[];
  /** Asks for a job and gives its document. */
  takeJob(): Promise<JobDocument>;
}

/** The parts of a job document that tests look at. */
export interface JobDocument {
  readonly id: number;
  readonly token: string;
  readonly git_info: { readonly repo_url: string; readonly sha: string; readonly depth: number };
  readonly variables: readonly { readonly key: string; readonly value: string; readonly public: boolean }[];
  readonly dependencies: readonly { readonly id: number; readonly token: string }[];
}

export async function start(
  spec: GitlabSpec = {},
  options: Partial<MockGitlabOptions> & { clock?: Clock } = {},
): Promise<Started> {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-gitlab-test-'));
  const clock = options.clock ?? realClock();
  const ledger = new Ledger({ case: 'test', clock, secrets: new Secrets(), sink: countingSink() });
  const gitlab = await createMockGitlab({ spec, clock, ledger, dir, ...options }).catch(async (error: unknown) => {
    await rm(dir, { recursive: true, force: true });
    throw error;
  });
  const base = `${spec.tls ? 'https' : 'http'}://127.0.0.1:${gitlab.port}`;
  const api = request(base);
  return {
    gitlab,
    ledger,
    clock,
    base,
    api,
    get evidence() {
      return new Evidence(ledger.events);
    },
    get flags() {
      return new Evidence(ledger.events).of('flag').map(({ what }) => what);
    },
    takeJob: async () => {
      const { body } = await api.post('/api/v4/jobs/request').send({ token: gitlab.tokens.runner }).expect(201);
      return body as JobDocument;
    },
    [Symbol.asyncDispose]: async () => {
      await gitlab[Symbol.asyncDispose]();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
