import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock/index.ts';
import { Ledger, type LedgerSink, Secrets } from '../ledger/index.ts';
import { createDialer } from './create-dialer.ts';
import { Host } from './host.ts';
import { openNamespace } from './open-namespace.ts';
import { planIsolation } from './plan-isolation.ts';
import { createRoutes } from './routes.ts';
import type { RunContext } from './run-context.ts';
import { scenarioProxy } from './scenario-proxy.ts';
import type { WorldSpec } from './spec.ts';
import { startPeers } from './start-peers.ts';
import type { Labels } from './subject-environment.ts';
import { Teardown, up } from './teardown.ts';
import { type WaitingObserver, Waits } from './waits.ts';
import type { World } from './world.ts';

/** What a world is made of and for. */
export interface WorldOptions {
  readonly spec: WorldSpec;
  /** The case's full id. */
  readonly case: string;
  readonly clock: Clock;
  readonly sink: LedgerSink;
  readonly run: RunContext;
  /** The subject lives in this process and opens its connections by `host.connect`: the reference runner. */
  readonly inProcess: boolean;
  /** The case's axes and the documentation's version, as the ledger's first event says. */
  readonly axes?: Readonly<Record<string, string>>;
  readonly profile?: string;
  /** Told whenever the scenario waits. */
  readonly waiting?: WaitingObserver;
}

/** How long peers may still be busy with what a subject sent before it ended, in real milliseconds. */
const LAST_EVENTS_MS = 300;

/**
 * Builds a world, with everything in it up and listening.
 * @throws Error that says what could not be built; what had been built is down again then
 */
export async function createWorld(options: WorldOptions): Promise<World> {
  const teardown = new Teardown(`the world of ${options.case}`);
  try {
    return await build(options, teardown);
  } catch (error) {
    const left = await teardown[Symbol.asyncDispose]().catch((failure: Error) => ` Besides, ${failure.message}`);
    const reason = (error as Error).message.replace(/\.$/, '');
    throw new Error(`The world of ${options.case} could not be built: ${reason}.${left ?? ''}`, { cause: error });
  }
}

async function build(options: WorldOptions, teardown: Teardown): Promise<World> {
  const { spec, clock, sink, run } = options;
  const plan = planIsolation(spec, options.inProcess, run);
  const number = run.nextWorld();
  const dir = join(run.dir, `world-${number}`);
  await mkdir(dir, { mode: 0o711 });
  teardown.step(`using its directory ${dir}`, () => rm(dir, { recursive: true, force: true, maxRetries: 3 }));

  const ledger = new Ledger({ case: options.case, clock, secrets: new Secrets(), sink });
  ledger.record('harness', {
    kind: 'case-start',
    startedAt: Math.round(run.elapsed()),
    clock: clock.kind,
    isolation: plan.isolation,
    axes: options.axes ?? {},
    profile: options.profile ?? '',
  });

  const labels: Labels = { PROXYPROOF_RUN: run.id, PROXYPROOF_CASE: `${number} ${options.case}` };
  const inside = plan.namespace ? up(teardown, 'the namespace', openNamespace({ dir, labels, run })) : undefined;
  const [{ gitlab, proxy, tripwire }, namespace] = await Promise.all([
    startPeers({ spec, plan, clock, ledger, run, dir, teardown }),
    inside,
  ]);
  const routes = createRoutes({ gitlab, proxy, tripwire, direct: plan.direct });
  const ports = { gitlab: gitlab.port, ...(proxy ? { proxy: proxy.port } : {}) };
  const gate = await namespace?.doors.lead(routes, ports);
  if (gate) teardown.step("the proxy's door", () => gate[Symbol.asyncDispose]());
  const dialer = createDialer(routes);
  teardown.step('the dialer', () => dialer[Symbol.asyncDispose]());
  const host = await Host.create({
    clock,
    ledger,
    isolation: plan.isolation,
    dir: join(dir, 'subject'),
    labels,
    namespace: namespace?.namespace,
    connect: dialer.connect,
  });
  teardown.step("the subject's programs", () => host[Symbol.asyncDispose]());

  const failed = (error: Error): void => {
    ledger.record('harness', { kind: 'flag', what: `the proxy stays out of the subject's reach: ${error.message}` });
  };
  const known = proxy && scenarioProxy(proxy, { clock, gate, failed });
  const waits = new Waits(ledger, clock, options.waiting);
  return {
    spec,
    clock,
    ledger,
    host,
    gitlab,
    get proxy() {
      if (!known) throw new Error('This world has no proxy: its declaration names none. Ask hasProxy first.');
      return known;
    },
    hasProxy: known !== undefined,
    gitlabUrl: gitlab.url,
    get evidence() {
      return waits.evidence;
    },
    until: (what, found, limitMs) => waits.until(what, found, limitMs),
    waitFor: (what, found, limitMs) => waits.waitFor(what, found, limitMs),
    watch: (ms, why) => waits.watch(ms, why),
    subjectEnded: (how) => {
      if (ledger.events.some((event) => event.kind === 'act' && event.mark === 'subject-ended')) return;
      ledger.record('harness', { kind: 'act', what: how, mark: 'subject-ended' });
      // What it sent last may still be on its way through the peers.
      setTimeout(() => waits.end(), LAST_EVENTS_MS).unref();
    },
    mark: (name, what) => {
      ledger.record('harness', { kind: 'act', what, mark: name });
    },
    [Symbol.asyncDispose]: () => {
      waits.end();
      return teardown[Symbol.asyncDispose]();
    },
  };
}
