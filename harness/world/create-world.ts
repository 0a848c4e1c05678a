import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock/index.ts';
import type { Registry } from '../containers/registry/handle.ts';
import { Ledger, type LedgerSink, Secrets } from '../ledger/index.ts';
import { controlGroupOf, removeControlGroups } from './control-groups.ts';
import { createDialer } from './create-dialer.ts';
import { Host } from './host.ts';
import { PROXY_ADDRESS, STANDBY_ADDRESS } from './names.ts';
import { openNamespace } from './open-namespace.ts';
import { planIsolation } from './plan-isolation.ts';
import { createRoutes } from './routes.ts';
import type { RunContext } from './run-context.ts';
import { scenarioProxy } from './scenario-proxy.ts';
import type { WorldSpec } from './spec.ts';
import { startEngine } from './start-engine.ts';
import { startPeers } from './start-peers.ts';
import { startRegistry } from './start-registry.ts';
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

  // Last but its directory: a group can go when the last process in it has.
  const controlGroup = controlGroupOf(run.id, number);
  if (spec.docker) teardown.step('using its control groups', () => removeControlGroups(controlGroup));

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
  const inside = plan.namespace
    ? up(teardown, 'the namespace', openNamespace({ dir, labels, run, docker: spec.docker !== undefined }))
    : undefined;
  const [{ gitlab, registry, proxy, standby, tripwire }, namespace] = await Promise.all([
    startPeers({ spec, plan, clock, ledger, run, dir, teardown }),
    inside,
  ]);
  const routes = createRoutes({ gitlab, registry, proxy, standby, tripwire, direct: plan.direct });
  const proxies = [
    ...(proxy ? [{ host: PROXY_ADDRESS, port: proxy.port }] : []),
    ...(standby ? [{ host: STANDBY_ADDRESS, port: standby.port }] : []),
  ];
  const origins = [gitlab.port, ...(registry ? [registry.port] : [])];
  const kdcs = [proxy, standby].flatMap((each) => each?.kerberos?.port ?? []);
  const gates = (await namespace?.doors.lead(routes, [...origins, ...kdcs], proxies)) ?? [];
  for (const gate of gates) teardown.step("a proxy's door", () => gate[Symbol.asyncDispose]());
  const machine = spec.docker && namespace?.namespace;
  const dialer = createDialer(routes, machine && ((address, port) => machine.connect(address, port)));
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
  const known = proxy && scenarioProxy(proxy, { clock, gate: gates[0], failed });
  const second = standby && scenarioProxy(standby, { clock, gate: gates[proxy ? 1 : 0], failed });
  const docker =
    spec.docker && namespace
      ? await startEngine({
          spec: spec.docker,
          registry: spec.registry,
          namespace,
          dir,
          controlGroup,
          labels,
          ledger,
          run,
          proxy,
          teardown,
        })
      : undefined;
  if (registry) await startRegistry(registry, { engine: docker, gitlab, run });
  const waits = new Waits(ledger, clock, options.waiting);
  return {
    spec,
    clock,
    ledger,
    host,
    gitlab,
    get proxy() {
      return declared(known, 'proxy');
    },
    hasProxy: known !== undefined,
    get standby() {
      return declared(second, 'second proxy');
    },
    get docker() {
      return declared(docker, 'Docker engine');
    },
    hasDocker: docker !== undefined,
    get registry() {
      return declared<Registry>(registry, 'registry');
    },
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

function declared<T>(peer: T | undefined, what: string): T {
  if (peer === undefined) throw new Error(`This world has no ${what}: its declaration names none.`);
  return peer;
}
