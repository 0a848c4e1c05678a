import { createDialer, type Dialer } from './create-dialer.ts';
import type { NameService } from './name-service.ts';
import { PROXY_ADDRESS, STANDBY_ADDRESS } from './names.ts';
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
  readonly teardown: Teardown;
}): Promise<Ways> {
  const { peers, plan, namespace, docker, names, teardown } = options;
  const { gitlab, registry, proxy, standby } = peers;
  const routes = createRoutes({ ...peers, direct: plan.direct });
  const proxies = [
    ...(proxy ? [{ host: PROXY_ADDRESS, port: proxy.port }] : []),
    ...(standby ? [{ host: STANDBY_ADDRESS, port: standby.port }] : []),
  ];
  const origins = [gitlab.port, ...(registry ? [registry.port] : [])];
  const kdcs = [proxy, standby].flatMap((each) => each?.kerberos?.port ?? []);
  const doors = (await namespace?.doors.lead(routes, [...origins, ...kdcs], proxies)) ?? [];
  for (const door of doors) teardown.step("a proxy's door", () => door[Symbol.asyncDispose]());
  const machine = docker ? namespace?.namespace : undefined;
  const dialer = createDialer(routes, machine && ((address, port) => machine.connect(address, port)), names);
  teardown.step('the dialer', () => dialer[Symbol.asyncDispose]());
  return {
    dialer,
    doors: { proxy: proxy && doors[0], standby: standby && doors[proxy ? 1 : 0] },
  };
}
