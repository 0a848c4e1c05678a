import { isIP } from 'node:net';
import { isLoopback } from '../../clients/address.ts';
import { splitUrl } from '../../url/index.ts';
import type { Endpoint } from './plan.ts';

/** A proxy as some text has it, whether or not a program would read it. */
export interface Mention {
  readonly host: string;
  readonly port: number | undefined;
  /** As it stands there. */
  readonly value: string;
}

/** A name of a host as resolvers take it. */
const NAME = /^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i;
/** Where docker0 is, by Docker's default. */
export const DOCKER0 = '172.17.0.1';

/** The port of a proxy that no file names: the page's, and squid's and cntlm's default. */
export const USUAL_PORT = 3128;

export const isHost = (host: string): boolean => isIP(host) === 4 || (isIP(host) === 0 && NAME.test(host));

/** Host and port of `host:port`; undefined where it is none. */
export function endpointOf(text: string): Endpoint | undefined {
  const [, host = '', port = ''] = /^\[?([^\]\s]*?)\]?:(\d{1,5})$/.exec(text.trim()) ?? [];
  return isHost(host) && Number(port) > 0 && Number(port) < 65_536
    ? { host: host.toLowerCase(), port: Number(port) }
    : undefined;
}

/** Host and port of a URL, with its scheme's port where it names none. */
export function endpointOfUrl(url: string): (Endpoint & { readonly tls: boolean }) | undefined {
  const { scheme = '', host, port } = splitUrl(url);
  if (!/^https?$/i.test(scheme) || !isHost(host)) return undefined;
  const tls = scheme.toLowerCase() === 'https';
  const named = port !== undefined && /^\d+$/.test(port) ? Number(port) : undefined;
  return { host: host.toLowerCase(), port: named ?? (tls ? 443 : 80), tls };
}

/** Whether a proxy of this name is the machine itself. */
export const isOwn = ({ host }: Pick<Endpoint, 'host'>): boolean =>
  isLoopback(host) || host === 'localhost' || /^172\.1[6-9]\.0\.1$/.test(host) || host === 'host.docker.internal';

/**
 * Where the proxies that the files name are: each host once, with the port that most of its mentions have. A mention without a port
 * says nothing of where the proxy listens, and where none has one it is the usual one.
 */
export function proxiesIn(mentions: readonly Mention[]): readonly (Endpoint & { readonly named: boolean })[] {
  return [...Map.groupBy(mentions, ({ host }) => host)]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .map(([host, seen]) => ({ host, ...portOfMost(seen) }));
}

function portOfMost(seen: readonly Mention[]): { readonly port: number; readonly named: boolean } {
  const counts = [...Map.groupBy(seen, ({ port }) => port)]
    .flatMap(([port, { length }]) => (port === undefined ? [] : [{ port, length }]))
    .toSorted((one, other) => other.length - one.length);
  const [most] = counts;
  return most ? { port: most.port, named: true } : { port: USUAL_PORT, named: false };
}
