import type { CertificateAuthority } from '../tls/index.ts';
import { Authentication } from './auth/authentication.ts';
import { authScheme, type Random } from './auth/index.ts';
import { basicBackend } from './basic/backend.ts';
import type { AcceptedCredentials } from './credentials.ts';
import type { Dialer } from './dialer.ts';
import type { Engine } from './engine.ts';
import { strikeTunnel } from './faults/break-off.ts';
import { strikesStreams } from './faults/stream-guard.ts';
import type { ProxyContext } from './front/context.ts';
import type { Exchange } from './front/exchange.ts';
import { HttpFront } from './front/http-front.ts';
import { Intercept } from './intercept.ts';
import { keepAliveBackend } from './keep-alive/backend.ts';
import type { ProxyKind } from './spec.ts';
import { createSquid } from './squid/create-squid.ts';

/** What every kind of proxy is made of. */
export interface EngineOptions {
  readonly kind: ProxyKind;
  readonly context: ProxyContext;
  readonly accepted: AcceptedCredentials;
  readonly dialer: Dialer;
  readonly ca: (() => Promise<CertificateAuthority>) | undefined;
  readonly random: Random;
  readonly dir: string;
  readonly origins: readonly string[];
  /** By which the subject knows the proxy. */
  readonly host: string;
  /** By which the subject knows the KDC of a proxy that asks for Negotiate. */
  readonly kdcHost: string;
  readonly upstream?: URL;
}

/** Makes what does the work of one kind of proxy. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { kind, context, accepted, dialer, ca, random, upstream } = options;
  if (upstream && kind !== 'basic')
    throw new Error(`A ${kind} proxy has no parent here: only the kind basic takes an upstream.`);
  if (kind === 'squid') return createSquid(options);
  const { scheme } = accepted.auth;
  if (scheme === 'negotiate') {
    throw new Error(`A ${kind} proxy knows no Kerberos: declare a proxy of kind squid for the scheme negotiate.`);
  }
  const intercept = new Intercept(context, dialer, ca);
  const common = { dialer, intercept, stood: (exchange: Exchange) => stood(context, exchange) };
  const right = () => accepted.right;
  if (kind === 'keep-alive') {
    const { domain = '' } = accepted.auth;
    const now = () => context.clock.now();
    const authentication = new Authentication(authScheme(scheme, right, { random, domain, now }));
    return new HttpFront(context, keepAliveBackend({ ...common, authentication }), dialer);
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
  return new HttpFront(context, backend, dialer);
}

/** Lets the faults of the moment strike a tunnel that has just been opened. */
function stood({ faults }: ProxyContext, { connection, line }: Exchange): void {
  if (!faults.any) return;
  if (faults.anyOf(strikesStreams)) connection.tunnel?.guard();
  const standstill = faults.of('hang').find(({ fault }) => fault.when === undefined);
  if (standstill) faults.hang(standstill, connection);
  void strikeTunnel(faults, connection, line);
}
