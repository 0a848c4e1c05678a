import { Authentication } from './auth/authentication.ts';
import { authScheme } from './auth/index.ts';
import { basicBackend } from './basic/backend.ts';
import type { Carrier } from './carrier.ts';
import type { CarrierOptions } from './carrier-options.ts';
import { HttpFront } from './front/http-front.ts';
import { OpenedTunnels } from './interception/opened-tunnels.ts';
import { keepAliveBackend } from './keep-alive/backend.ts';
import { createSquid } from './squid/create-squid.ts';

/** Makes what does the work of one kind of proxy. */
export async function createCarrier(options: CarrierOptions): Promise<Carrier> {
  const { kind, context, accepted, wayOut, interceptor, random, upstream } = options;
  if (upstream && kind !== 'basic')
    throw new Error(`A ${kind} proxy has no parent here: only the kind basic takes an upstream.`);
  if (kind === 'squid') return createSquid(options);
  const { scheme } = accepted.auth;
  if (scheme === 'negotiate') {
    throw new Error(`A ${kind} proxy knows no Kerberos: declare a proxy of kind squid for the scheme negotiate.`);
  }
  const common = { wayOut, opened: interceptor && new OpenedTunnels(context, wayOut, interceptor) };
  const right = () => accepted.right;
  if (kind === 'keep-alive') {
    const { domain = '' } = accepted.auth;
    const now = () => context.clock.now();
    const authentication = new Authentication(authScheme(scheme, right, { random, domain, now }));
    return new HttpFront(context, keepAliveBackend({ ...common, authentication }), wayOut);
  }
  if (scheme === 'digest') {
    throw new Error('proxy-chain knows no Digest authentication: declare a proxy of kind keep-alive or squid.');
  }
  if (scheme === 'ntlm') throw new Error('proxy-chain knows no NTLM: declare a proxy of kind keep-alive.');
  const backend = basicBackend({
    ...common,
    context,
    open: scheme === 'none',
    right,
    ...(upstream ? { upstream } : {}),
  });
  return new HttpFront(context, backend, wayOut);
}
