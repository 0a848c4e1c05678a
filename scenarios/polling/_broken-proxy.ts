import type { Axis, Fault, World } from '../../harness/kit/index.ts';

/** What a proxy does that is out of order. */
export const howAxis = {
  values: ['refused', 'hangs', 'reset', '407', '502', '503'],
} as const satisfies Axis;

export type How = (typeof howAxis)['values'][number];

export const howOf = (name: string | undefined): How => howAxis.values.find((each) => each === name) ?? 'refused';

/**
 * Puts a proxy out of order; connections that are open are cut.
 * @param method strikes requests of this method alone, and cuts nothing
 * @returns puts it right
 */
export async function breakProxy({ proxy }: World, how: How, method?: string): Promise<() => Promise<void>> {
  if (how === 'refused') {
    await proxy.stop();
    return () => proxy.start();
  }
  if (how === '407' && method === undefined) {
    const { user, password } = proxy.auth;
    await proxy.setCredentials(undefined);
    await proxy.restart();
    return () => proxy.setCredentials({ user, password });
  }
  const fault = proxy.inject(faultOf(how, method));
  if (method === undefined) await proxy.restart();
  return async () => fault.off();
}

const SAYS = {
  407: ['Proxy Authentication Required', 'Proxy credentials required.\n'],
  502: ['Bad Gateway', 'The server behind the proxy gave no answer.\n'],
  // As squid says it when it cannot resolve a name.
  503: ['Service Unavailable', 'Unable to determine IP address from host name: the DNS server returned: Name Error.\n'],
} as const;

function faultOf(how: Exclude<How, 'refused'>, method: string | undefined): Fault {
  const which = method === undefined ? {} : { line: `${method} ` };
  if (how === 'hangs') return { fault: 'hang', when: 'on-request', ...which };
  if (how === 'reset') return { fault: 'reset', when: 'on-request', ...which };
  const [reason, text] = SAYS[how];
  const headers = how === '407' ? ([['Proxy-Authenticate', 'Basic realm="proxy"']] as const) : [];
  return {
    fault: 'answer',
    status: Number(how),
    reason,
    headers,
    on: 'any',
    body: { framing: 'length', text },
    ...which,
  };
}
