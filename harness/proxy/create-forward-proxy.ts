import { randomBytes } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Clock } from '../clock/index.ts';
import type { SquidInstallation } from '../generations/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { CertificateAuthority } from '../tls/index.ts';
import type { Random } from './auth/index.ts';
import { createCarrier } from './create-carrier.ts';
import { AcceptedCredentials } from './credentials.ts';
import type { ForwardProxyOf } from './handle.ts';
import { Interceptor } from './interception/interceptor.ts';
import type { ProxyKind } from './kind.ts';
import { RunningProxy } from './running-proxy.ts';
import { FaultScheduler } from './scheduler/fault-scheduler.ts';
import type { InterceptsSpec, ProxySpec } from './spec.ts';
import { type ResolveOrigin, WayOut } from './way-out.ts';

/** What a forward proxy is made of. */
export interface ForwardProxyOptions<K extends ProxyKind = ProxyKind> {
  readonly spec: ProxySpec<K>;
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** The world's own name resolution. The proxy connects to what it gives and to nothing else. */
  readonly resolve: ResolveOrigin;
  /** Origins, as `host:port`, that squid is told of when it starts; another one later takes another squid and 50 ms. */
  readonly origins?: readonly string[];
  /** Name or address by which the subject knows the proxy; 127.0.0.1 by default. */
  readonly host?: string;
  /** The same for the Kerberos KDC of a proxy that asks for Negotiate; 127.0.0.1 by default. */
  readonly kdcHost?: string;
  /** The origins' CA. It signs the proxy's own certificate, and a proxy that opens TLS verifies origins by it. */
  readonly ca?: CertificateAuthority | (() => Promise<CertificateAuthority>);
  /** GitLab's host, of which `intercepts.opens` may make an exception; `gitlab.test` by default. */
  readonly gitlabHost?: string;
  /** A directory of its own, for configuration and password files. */
  readonly dir: string;
  /** Refuses connections until `start`. */
  readonly startPaused?: boolean;
  /** A parent proxy, for the kind `basic`; names are still only those that `resolve` knows. */
  readonly upstream?: URL;
  /** Gives another squid than the machine's own, or undefined for that; the machine's own when left out. */
  readonly squid?: () => Promise<SquidInstallation | undefined>;
  /** Where made-up credentials and nonces come from; the system's random numbers by default. */
  readonly random?: Random;
}

/**
 * Starts a forward proxy that authenticates, records everything that passes, and misbehaves on demand. It listens on a
 * free port of 127.0.0.1.
 * @throws Error when the declaration asks for something that this kind cannot do, or the machine has no squid
 */
export async function createForwardProxy<K extends ProxyKind>(
  options: ForwardProxyOptions<K>,
): Promise<ForwardProxyOf<K>> {
  const { spec, clock, ledger, host = '127.0.0.1', random = randomBytes } = options;
  const ca = lazily(options.ca);
  const context = { clock, ledger, faults: new FaultScheduler({ clock, ledger }) };
  const accepted = new AcceptedCredentials(spec.auth, ledger, random);
  const tls = spec.tls ? await ownCertificate(host, ca) : undefined;
  const interceptor = spec.intercepts && (await openInterceptor(spec.intercepts, ca, options.gitlabHost));
  const carrier = await createCarrier({
    kind: spec.kind,
    context,
    accepted,
    wayOut: new WayOut(options.resolve),
    interceptor,
    random,
    dir: options.dir,
    origins: options.origins ?? [],
    host,
    kdcHost: options.kdcHost ?? '127.0.0.1',
    ...(options.squid ? { squid: options.squid } : {}),
    ...(options.upstream ? { upstream: options.upstream } : {}),
  });
  const proxy = new RunningProxy({
    spec,
    context,
    accepted,
    carrier,
    host,
    ...(interceptor ? { interceptor } : {}),
    ...(tls ? { tls } : {}),
  });
  try {
    await proxy.open(options.startPaused ?? false);
  } catch (error) {
    await proxy[Symbol.asyncDispose]();
    throw error;
  }
  const caPem = spec.tls ? (await ca?.())?.caPem : undefined;
  return caPem === undefined ? proxy : Object.assign(proxy, { caPem });
}

type LazyAuthority = (() => Promise<CertificateAuthority>) | undefined;

const lazily = (ca: ForwardProxyOptions['ca']): LazyAuthority =>
  typeof ca === 'function' || ca === undefined ? ca : async () => ca;

async function openInterceptor(
  spec: InterceptsSpec,
  ca: LazyAuthority,
  gitlabHost = 'gitlab.test',
): Promise<Interceptor> {
  if (!ca) throw new Error('A proxy that opens TLS verifies the origins: give createForwardProxy their CA.');
  return Interceptor.create({ spec, gitlabHost, trusts: (await ca()).caPem });
}

async function ownCertificate(host: string, ca: LazyAuthority): Promise<SecureContext> {
  if (!ca) throw new Error('A proxy that speaks TLS needs a certificate: give createForwardProxy a CA.');
  const hosts = [...new Set([host, '127.0.0.1', 'localhost'])];
  return createSecureContext({ ...(await (await ca()).issue(hosts)), minVersion: 'TLSv1.2' });
}
