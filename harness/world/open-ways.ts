import { createDialer, type Dialer } from './create-dialer.ts';
import type { WorldNames } from './known-as.ts';
import type { NameService } from './name-service.ts';
import { PROXY_ADDRESS, STANDBY_ADDRESS } from './names.ts';
import type { ListenAddress } from './namespace/index.ts';
import { CNTLM_PORT, isTrapped } from './namespace-doors.ts';
import type { OpenNamespace } from './open-namespace.ts';
import type { IsolationPlan } from './plan-isolation.ts';
import type { ProxyDoor } from './proxy-door.ts';
import { createRoutes } from './routes.ts';
import type { Peers } from './start-peers.ts';
import type { Teardown } from './teardown.ts';

/** The ways from a subject to the peers of its world. */
export interface Ways {
  /** For a subject in this process. */
  readonly dialer: Dialer;
  /** Where a subject in a namespace reaches the proxies. */
  readonly doors: { readonly proxy: ProxyDoor | undefined; readonly standby: ProxyDoor | undefined };
}

/** Opens every way there is: by the namespace's doors, and by the dialer. */
export async function openWays(options: {
  readonly peers: Peers;
  readonly plan: IsolationPlan;
  readonly namespace: OpenNamespace | undefined;
  /** Whether the world has a Docker engine in its namespace, whose networks the dialer reaches, too. */
  readonly docker: boolean;
  readonly names: NameService;
  readonly known: WorldNames;
  readonly teardown: Teardown;
}): Promise<Ways> {
  const { peers, plan, namespace, docker, names, known, teardown } = options;
  const { gitlab, registry, proxy, standby } = peers;
  const routes = createRoutes({ ...peers, direct: plan.direct, known });
  const proxies = [
    ...(proxy ? [{ host: PROXY_ADDRESS, port: proxy.port }] : []),
    ...(standby ? [{ host: STANDBY_ADDRESS, port: standby.port }] : []),
  ];
  const origins = [gitlab.port, ...(registry ? [registry.port] : [])];
  const kdcs = [proxy, standby].flatMap((each) => each?.kerberos?.port ?? []);
  const { anywhere, own } = knownDoors(known, [...origins, ...kdcs, ...proxies.map(({ port }) => port)]);
  const doors = (await namespace?.doors.lead(routes, [...origins, ...kdcs, ...anywhere], [...proxies, ...own])) ?? [];
  for (const door of doors) teardown.step("a proxy's door", () => door[Symbol.asyncDispose]());
  const machine = docker ? namespace?.namespace : undefined;
  const dialer = createDialer(routes, machine && ((address, port) => machine.connect(address, port)), names);
  teardown.step('the dialer', () => dialer[Symbol.asyncDispose]());
  return {
    dialer,
    doors: { proxy: proxy && doors[0], standby: standby && doors[proxy ? 1 : 0] },
  };
}

/**
 * The doors of the names that a declaration gives. A port that is trapped anyway leads wherever its address says.
 * @param taken ports that have a door already
 */
function knownDoors(
  { all }: WorldNames,
  taken: readonly number[],
): { readonly anywhere: readonly number[]; readonly own: readonly ListenAddress[] } {
  const others = all.filter(({ port }) => !taken.includes(port) && !isTrapped(port));
  // At any address this port would be in the way of a proxy on docker0's.
  const own = others.filter(({ port }) => port === CNTLM_PORT).map(({ address: host, port }) => ({ host, port }));
  const anywhere = others.map(({ port }) => port).filter((port) => port !== CNTLM_PORT);
  return {
    anywhere: [...new Set(anywhere)],
    own: [...new Map(own.map((each) => [each.host, each])).values()],
  };
}
