import type { Axis, AxisValues, Need } from '../conformance/authoring.ts';
import type { ProxyAuth, ProxySpec } from '../proxy/spec.ts';

/** Which proxy stands in between; always in a case's id. */
export const proxyAxis = { values: ['basic', 'squid'] } as const satisfies Axis;

/** How GitLab is reached: an http one by forwarded requests, an https one by tunnels. */
export const schemeAxis = { values: ['http', 'https'], default: 'http' } as const satisfies Axis;

/**
 * The proxy of a case, by {@link proxyAxis}.
 * @param auth how it authenticates its clients; the world makes up Basic credentials when left out
 */
export function proxyOf(axes: AxisValues, auth?: ProxyAuth): ProxySpec {
  const kind = axes['proxy'] === 'squid' ? 'squid' : 'basic';
  return auth ? { kind, auth } : { kind };
}

/** What the machine must have for the proxy of a case. */
export function proxyNeeds(axes: AxisValues, ...others: Need[]): readonly Need[] {
  return axes['proxy'] === 'squid' ? ['squid', ...others] : others;
}

/**
 * For a scenario's `where`: leaves out tunnels through squid, where another scenario has them and what is asked does not depend
 * on both at once.
 */
export const exceptSquidTunnel = ({ scheme, proxy }: AxisValues): boolean => scheme !== 'https' || proxy !== 'squid';

/** Whether GitLab speaks TLS in a case. */
export const isTls = (axes: AxisValues): boolean => axes['scheme'] === 'https';
