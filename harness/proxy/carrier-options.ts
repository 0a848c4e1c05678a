import type { SquidInstallation } from '../generations/index.ts';
import type { Random } from './auth/index.ts';
import type { AcceptedCredentials } from './credentials.ts';
import type { ProxyContext } from './front/context.ts';
import type { Interceptor } from './interception/interceptor.ts';
import type { ProxyKind } from './kind.ts';
import type { WayOut } from './way-out.ts';

/** What every kind of proxy is made of. */
export interface CarrierOptions {
  readonly kind: ProxyKind;
  readonly context: ProxyContext;
  readonly accepted: AcceptedCredentials;
  readonly wayOut: WayOut;
  /** Of a proxy that opens TLS. */
  readonly interceptor: Interceptor | undefined;
  readonly random: Random;
  readonly dir: string;
  readonly origins: readonly string[];
  /** By which the subject knows the proxy. */
  readonly host: string;
  /** By which the subject knows the KDC of a proxy that asks for Negotiate. */
  readonly kdcHost: string;
  readonly upstream?: URL;
  /** Gives another squid than the machine's own. */
  readonly squid?: () => Promise<SquidInstallation | undefined>;
}
