import type { EventOf, Header, LedgerEvent } from '../../../ledger/index.ts';
import { splitUrl } from '../../../url/split-url.ts';

/** By what the record can be filtered. Nothing where an event has no such thing: a fault that is switched on has no client. */
export interface Facets {
  /** The product of its User-Agent, such as `git/2.39.5`. */
  readonly client?: string;
  /** The container that it came from. */
  readonly container?: string;
  /** Where it goes, without the port. */
  readonly host?: string;
  readonly status?: number;
}

/** What a request says of itself. */
export function facetsOf(event: EventOf<'request'> | EventOf<'tripwire'>, container: string | undefined): Facets {
  const agent = productOf(headerValue(event.headers ?? [], 'user-agent'));
  const host = event.kind === 'request' ? hostOf(event) : named(splitUrl(event.to).host);
  return {
    ...(agent === undefined ? {} : { client: agent }),
    ...(container === undefined ? {} : { container }),
    ...(host === undefined ? {} : { host }),
  };
}

/** `git/2.39.5` of `git/2.39.5 (…)`, `gitlab-runner 18.3.1` as it stands: the first product, with its version. */
export function productOf(agent: string | undefined): string | undefined {
  const words = agent?.trim().split(/\s+/) ?? [];
  const [first = '', second = ''] = words;
  if (first === '') return undefined;
  return !first.includes('/') && /^v?\d/.test(second) ? `${first} ${second}` : first;
}

function hostOf({ method, target, headers }: EventOf<'request'>): string | undefined {
  const { scheme, host: asked } = splitUrl(target);
  const host = method === 'CONNECT' || scheme !== undefined ? asked : splitUrl(headerValue(headers, 'host') ?? '').host;
  return named(host);
}

const named = (host: string): string | undefined => (host === '' ? undefined : host.toLowerCase());

function headerValue(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** Whether a status is of a kind: `429` of itself, `4xx` of its hundred, `wrong` of all from 400 on but the usual 407. */
export function isOfKind(status: number, kind: string): boolean {
  if (kind === 'wrong') return status >= 400 && status !== 407;
  return kind.endsWith('xx') ? String(status)[0] === kind[0] : String(status) === kind;
}

/** What stands for whoever opened a connection in the filter. */
export const clientsOf = ({ client, container }: Facets): string[] =>
  [client, container === undefined ? undefined : `container ${container}`].filter((each) => each !== undefined);

/** Whether an event begins something that has a client. */
export const asksFor = (event: LedgerEvent): event is EventOf<'request'> | EventOf<'tripwire'> =>
  event.kind === 'request' || event.kind === 'tripwire';
