import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock/index.ts';
import { createMockGitlab } from '../gitlab/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { createForwardProxy, createTripwire } from '../proxy/index.ts';
import { GITLAB_ADDRESS, GITLAB_NAME, LOOPBACK, lookup } from './names.ts';
import type { IsolationPlan } from './plan-isolation.ts';
import type { RunContext } from './run-context.ts';
import type { WorldSpec } from './spec.ts';
import { type Teardown, up } from './teardown.ts';

/** What the peers of a world are started with. */
export interface PeerOptions {
  readonly spec: WorldSpec;
  readonly plan: IsolationPlan;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly run: RunContext;
  /** The world's own directory. */
  readonly dir: string;
  readonly teardown: Teardown;
}

/** Starts the mock GitLab, the proxy if there is one, and the tripwire, side by side. */
export async function startPeers({ spec, plan, clock, ledger, run, dir, teardown }: PeerOptions) {
  const [gitlabDir, proxyDir] = [join(dir, 'gitlab'), join(dir, 'proxy')] as const;
  await Promise.all([gitlabDir, proxyDir].map((each) => mkdir(each, { mode: 0o711 })));
  const common = { clock, ledger };
  const ca = spec.gitlab?.tls || spec.proxy?.tls ? { ca: await run.ca() } : {};
  const startingGitlab = up(
    teardown,
    'the mock GitLab',
    createMockGitlab({
      ...common,
      ...ca,
      repositories: run.repositories,
      spec: spec.gitlab ?? {},
      host: plan.gitlabHost,
      dir: gitlabDir,
      listenerVia: spec.proxy ? 'proxy' : 'direct',
    }),
  );
  // To GitLab's own port, and no other of this machine's: the proxy is no way to whatever else listens here.
  let gitlabPort: number | undefined;
  const resolve = (host: string, port: number) =>
    port === gitlabPort && lookup(host) === GITLAB_ADDRESS ? LOOPBACK : undefined;
  const gitlabIsUp = startingGitlab.then((gitlab) => {
    gitlabPort = gitlab.port;
    return gitlab;
  });
  // Squid learns of an origin when it starts, or by another squid that takes over; every other proxy can start meanwhile.
  const origins = spec.proxy?.kind === 'squid' ? [`${GITLAB_NAME}:${(await gitlabIsUp).port}`] : [];
  const startingProxy = spec.proxy
    ? up(
        teardown,
        'the proxy',
        createForwardProxy({
          ...common,
          ca: () => run.ca(),
          spec: spec.proxy,
          resolve,
          origins,
          host: plan.proxyHost,
          dir: proxyDir,
        }),
      )
    : undefined;
  const [gitlab, proxy] = await Promise.all([gitlabIsUp, startingProxy]);
  const tripwire = createTripwire({ ledger, clock });
  teardown.step('the tripwire', () => tripwire[Symbol.asyncDispose]());
  return { gitlab, proxy, tripwire };
}
