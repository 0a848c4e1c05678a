import { join } from 'node:path';
import type { Clock } from '../clock/index.ts';
import { countingSink, Ledger, type LedgerSink, Secrets } from '../ledger/index.ts';
import { Host } from './host.ts';
import { worldNames } from './known-as.ts';
import { makePlace } from './make-place.ts';
import { nameService } from './name-service.ts';
import { openNamespace } from './open-namespace.ts';
import { openWays } from './open-ways.ts';
import { planIsolation } from './plan-isolation.ts';
import type { RunContext } from './run-context.ts';
import { scenarioProxy } from './scenario-proxy.ts';
import { scenarioWorld } from './scenario-world.ts';
import type { WorldSpec } from './spec.ts';
import { worldMisfit } from './spec-schema.ts';
import { makeEngineData, startEngine } from './start-engine.ts';
import { startPeers } from './start-peers.ts';
import { startRegistry } from './start-registry.ts';
import { Teardown, up } from './teardown.ts';
import type { WaitingObserver } from './waits.ts';
import type { World } from './world.ts';

/** What a world is made of and for. */
export interface WorldOptions {
  readonly spec: WorldSpec;
  /** The case's full id. */
  readonly case: string;
  readonly clock: Clock;
  /** Where everything is recorded: a ledger of the caller's, with the same clock, or a new one that writes to `sink`. */
  readonly ledger?: Ledger;
  readonly sink?: LedgerSink;
  readonly run: RunContext;
  /** The subject lives in this process and opens its connections by `host.connect`: the reference runner. */
  readonly inProcess: boolean;
  /** The case's axes and the documentation's version, as the ledger's first event says. */
  readonly axes?: Readonly<Record<string, string>>;
  readonly profile?: string;
  /** Told whenever the scenario waits. */
  readonly waiting?: WaitingObserver;
}

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
  const { spec, clock, sink = countingSink(), run } = options;
  const misfit = worldMisfit(spec);
  if (misfit) throw new Error(misfit.says);
  const plan = planIsolation(spec, options.inProcess, run);
  const docker = spec.docker !== undefined;
  const { dir, controlGroup, labels } = await makePlace({ run, case: options.case, docker, teardown });

  const ledger = options.ledger ?? new Ledger({ case: options.case, clock, secrets: new Secrets(), sink });
  ledger.record('harness', {
    kind: 'case-start',
    startedAt: Math.round(run.elapsed()),
    clock: clock.kind,
    isolation: plan.isolation,
    axes: options.axes ?? {},
    profile: options.profile ?? '',
  });

  const known = worldNames(spec);
  const names = nameService(spec, known, ledger);
  const inside = plan.namespace
    ? up(teardown, 'the namespace', openNamespace({ dir, labels, run, docker, names, known }))
    : undefined;
  const making =
    spec.docker && plan.namespace
      ? makeEngineData({ spec: spec.docker, registry: spec.registry, dir, run })
      : undefined;
  // Its directory must not go before nobody writes there any more.
  if (making) teardown.step("making the engine's data", () => making.then(() => {}).catch(() => {}));
  const [peers, namespace, data] = await Promise.all([
    startPeers({ spec, plan, known, clock, ledger, run, dir, teardown }),
    inside,
    making,
  ]);
  const { gitlab, registry, proxy, standby } = peers;
  const { dialer, doors } = await openWays({ peers, plan, namespace, docker, names, known, teardown });
  const host = await Host.create({
    clock,
    ledger,
    isolation: plan.isolation,
    dir: join(dir, 'subject'),
    labels,
    namespace: namespace?.namespace,
    connect: dialer.connect,
    resolve: dialer.resolve,
  });
  teardown.step("the subject's programs", () => host[Symbol.asyncDispose]());

  const surroundings = { dir, controlGroup, labels, ledger, proxy, teardown };
  const engine =
    spec.docker && namespace && data
      ? await startEngine({
          spec: spec.docker,
          registry: spec.registry,
          known,
          data,
          programs: await run.engine(),
          registryAddress: registry?.address,
          namespace,
          ...surroundings,
        })
      : undefined;
  if (registry) await startRegistry(registry, { engine, gitlab, run });
  const failed = (error: Error): void => {
    ledger.record('harness', { kind: 'flag', what: `the proxy stays out of the subject's reach: ${error.message}` });
  };
  return scenarioWorld({
    spec,
    clock,
    ledger,
    host,
    gitlab,
    proxy: proxy && scenarioProxy(proxy, { clock, door: doors.proxy, failed }),
    standby: standby && scenarioProxy(standby, { clock, door: doors.standby, failed }),
    docker: engine,
    registry,
    waiting: options.waiting,
    teardown,
  });
}
