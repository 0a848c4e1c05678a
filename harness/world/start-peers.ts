import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock/index.ts';
import { openRegistry } from '../containers/registry/index.ts';
import { createMockGitlab } from '../gitlab/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { createForwardProxy, createTripwire } from '../proxy/index.ts';
import type { ProxySpec } from '../proxy/spec.ts';
import type { WorldNames } from './known-as.ts';
import {
  GITLAB_ADDRESS,
  GITLAB_NAME,
  KDC_NAME,
  LOOPBACK,
  REGISTRY_ADDRESS,
  REGISTRY_NAME,
  STANDBY_NAME,
  STORAGE_ADDRESS,
  STORAGE_NAME,
} from './names.ts';
import type { IsolationPlan } from './plan-isolation.ts';
import { startRemoteEngine } from './remote-engine.ts';
import type { RunContext } from './run-context.ts';
import type { KnownPeer, WorldSpec } from './spec.ts';
import { type Teardown, up } from './teardown.ts';

/** What the peers of a world are started with. */
export interface PeerOptions {
  readonly spec: WorldSpec;
  readonly plan: IsolationPlan;
  readonly known: WorldNames;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly run: RunContext;
  /** The world's own directory. */
  readonly dir: string;
  readonly teardown: Teardown;
}

/** The peers of a world, up and listening. */
export type Peers = Awaited<ReturnType<typeof startPeers>>;

/** Starts the mock GitLab, the proxies, and the tripwire, side by side; of a registry only the front. */
export async function startPeers({ spec, plan, known, clock, ledger, run, dir, teardown }: PeerOptions) {
  const gitlabDir = join(dir, 'gitlab');
  await mkdir(gitlabDir, { mode: 0o711 });
  const common = { clock, ledger };
  const ca =
    spec.gitlab?.tls || spec.gitlab?.storageTls || spec.proxy?.tls || spec.registry ? { ca: await run.ca() } : {};
  const listenerVia = spec.proxy ? 'proxy' : 'direct';
  const registryDir = join(dir, 'registry');
  const [ofRegistry] = known.of('registry');
  const [ofGitlab] = known.of('gitlab');
  const [ofStorage] = known.of('storage');
  const registry =
    spec.registry &&
    (await up(
      teardown,
      'the registry',
      openRegistry({
        ...ca,
        ledger,
        spec: spec.registry,
        host: REGISTRY_NAME,
        dir: registryDir,
        listenerVia,
        ...(ofRegistry ? { known: known.of('registry') } : {}),
      }),
    ));
  const signer = registry && (await ca.ca?.issue(['registry tokens']));
  const startingGitlab = up(
    teardown,
    'the mock GitLab',
    createMockGitlab({
      ...common,
      ...ca,
      repositories: run.repositories,
      spec: spec.gitlab ?? {},
      host: plan.gitlabHost,
      ...(plan.gitlabHost === GITLAB_NAME ? { storageHost: STORAGE_NAME } : {}),
      ...(ofGitlab ? { known: known.of('gitlab') } : {}),
      ...(ofStorage ? { knownStorage: known.of('storage') } : {}),
      dir: gitlabDir,
      listenerVia,
      ...(registry && signer ? { registry: { address: registry.address, signer } } : {}),
    }),
  );
  // To the origins' own ports, and no other of this machine's: the proxy is no way to whatever else listens here.
  const originAt = new Map<KnownPeer, number>(registry ? [['registry', registry.port]] : []);
  const engines = known.of('engine').map(({ host }) => host);
  if (engines.length > 0)
    originAt.set('engine', (await up(teardown, 'the engine', startRemoteEngine(await run.ca(), engines))).port);
  const ports = new Map<string, number>(registry ? [[REGISTRY_ADDRESS, registry.port]] : []);
  const resolve = (host: string, port: number) => {
    const origin = originAt.get(known.knownAt(host, port)?.peer ?? 'proxy');
    if (origin !== undefined) return { host: LOOPBACK, port: origin };
    return ports.get(known.lookup(host) ?? '') === port ? LOOPBACK : undefined;
  };
  const gitlabIsUp = startingGitlab.then((gitlab) => {
    ports.set(GITLAB_ADDRESS, gitlab.port).set(STORAGE_ADDRESS, gitlab.port);
    originAt.set('gitlab', gitlab.port).set('storage', gitlab.port);
    return gitlab;
  });
  const ownOrigins = async (): Promise<string[]> => {
    const { port } = await gitlabIsUp;
    return [GITLAB_NAME, STORAGE_NAME].map((name) => `${name}:${port}`);
  };
  const startProxy = async (name: string, host: string, spec: ProxySpec) => {
    const proxyDir = join(dir, name);
    await mkdir(proxyDir, { mode: 0o711 });
    // Squid learns of an origin when it starts, or by another squid that takes over; every other proxy can start meanwhile.
    const others = registry ? [registry.address] : [];
    const origins = spec.kind === 'squid' ? [...(await ownOrigins()), ...others] : [];
    const kdcHost = host === LOOPBACK ? LOOPBACK : KDC_NAME;
    const gitlabHost = ofGitlab?.host ?? plan.gitlabHost;
    const own = { spec, host, kdcHost, dir: proxyDir };
    const asked = { ca: () => run.ca(), squid: () => run.squid() };
    return createForwardProxy({ ...common, ...own, ...asked, gitlabHost, resolve, origins });
  };
  const startingProxy = spec.proxy && up(teardown, 'the proxy', startProxy('proxy', plan.proxyHost, spec.proxy));
  const startingStandby =
    spec.standby && up(teardown, 'the second proxy', startProxy('standby', STANDBY_NAME, spec.standby));
  const [gitlab, proxy, standby] = await Promise.all([gitlabIsUp, startingProxy, startingStandby]);
  const tripwire = createTripwire({ ledger });
  teardown.step('the tripwire', () => tripwire[Symbol.asyncDispose]());
  return { gitlab, registry, proxy, standby, tripwire };
}
