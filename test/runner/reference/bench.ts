import { setTimeout as delay } from 'node:timers/promises';
import { type ReferenceOptions, referenceDriver } from '../../../harness/runner/reference/index.ts';
import type { RunnerConfig, Subject } from '../../../harness/runner/subject.ts';
import { StandInGitlab } from './stand-in-gitlab.ts';
import { type TestHost, testHost } from './stand-in-host.ts';
import { StandInProxy } from './stand-in-proxy.ts';

export type Profile = '14.10' | '18.3';

/** How long, in real milliseconds, a test waits for what simulated time should bring at once. */
const LIMIT_MS = 30_000;

/** A stand-in GitLab called gitlab.test, a stand-in proxy called proxy.test, and a reference runner between them. */
export interface Bench extends AsyncDisposable {
  readonly host: TestHost;
  readonly gitlab: StandInGitlab;
  readonly proxy: StandInProxy;
  readonly subject: Subject;
  config(changes?: Partial<RunnerConfig>): RunnerConfig;
  /** The variables of a proxy with credentials. */
  proxied(userinfo?: string): Record<string, string>;
  /** Polls until something has happened, then stops. */
  runUntil(what: () => boolean, config?: Partial<RunnerConfig>): Promise<void>;
  /** Polls for a time on the clock, then stops. */
  runFor(ms: number, config?: Partial<RunnerConfig>): Promise<void>;
}

export async function until(what: () => boolean): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (!what()) {
    if (performance.now() > end) throw new Error(`Waited ${LIMIT_MS} ms until ${what}, then gave up.`);
    await delay(1);
  }
}

export async function bench(options: ReferenceOptions & { tls?: { key: string; cert: string } } = {}): Promise<Bench> {
  const host = await testHost();
  const gitlab = await StandInGitlab.start(host.clock, options.tls);
  const proxy = await StandInProxy.start(new Map([['gitlab.test', gitlab.port]]));
  host.names.set('gitlab.test', gitlab.port);
  host.names.set('proxy.test', proxy.port);
  const subject = referenceDriver(options).subject(host);
  const config = (changes: Partial<RunnerConfig> = {}): RunnerConfig => ({
    url: `${options.tls ? 'https' : 'http'}://gitlab.test:${gitlab.port}`,
    token: 'runner-token-1',
    env: {},
    checkInterval: 3,
    ...changes,
  });
  return {
    host,
    gitlab,
    proxy,
    subject,
    config,
    proxied: (userinfo = 'user:pass') => ({
      HTTP_PROXY: `http://${userinfo}@proxy.test:3128`,
      HTTPS_PROXY: `http://${userinfo}@proxy.test:3128`,
    }),
    runUntil: async (what, changes) => {
      await using running = await subject.run(config(changes));
      await until(what);
      await running.stop('graceful');
    },
    runFor: async (ms, changes) => {
      await using running = await subject.run(config(changes));
      await host.clock.sleep(ms);
      await running.stop('forced');
    },
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await gitlab[Symbol.asyncDispose]();
      await host[Symbol.asyncDispose]();
    },
  };
}

/** A job as GitLab hands it out. */
export const job = (changes: object = {}): object => ({
  id: 7,
  token: 'job-token-7',
  allow_git_fetch: true,
  variables: [{ key: 'GIT_STRATEGY', value: 'none' }],
  steps: [{ name: 'script', script: ['echo hello', 'echo world'], when: 'on_success' }],
  ...changes,
});
