import { goNoProxy } from '../../../clients/go/index.ts';
import { splitUrl } from '../../../url/index.ts';
import type { Failure, Who } from '../../failures/failure.ts';
import { failuresOf } from '../../failures/failures.ts';
import type { Picture } from '../../picture/picture.ts';
import { ownHosts } from '../../routes/asked.ts';

/** Which of two values of a variable serves a service better, as far as files and logs tell. */
export interface Better {
  readonly is: 'first' | 'second' | 'unknown';
  /** Hosts that it has and the other lacks; of a proxy none. */
  readonly hosts: readonly string[];
  /** What failed with the first one. */
  readonly failure: Failure | undefined;
}

/** Compares two values: lists by the hosts in use that they have, proxies by whether a log shows that one could not be reached. */
export function betterOf(picture: Picture, unit: string, name: string, first: string, second: string): Better {
  const failures = failuresOf(picture).filter(({ who }) => who === whoOf(unit) || who === 'client');
  if (!/^no_proxy$/i.test(name)) {
    const host = hostOf(first);
    const failure = failures.find(({ kind, peer }) => /^proxy-(?:unreachable|name)$/.test(kind) && peer?.host === host);
    return { is: failure && host !== hostOf(second) ? 'second' : 'unknown', hosts: [], failure };
  }
  const used = hostsOf(picture, unit).filter(picture.isInternal);
  const [ofFirst, ofSecond] = [first, second].map((list) => used.filter((host) => goNoProxy(list, host, 443)));
  const [more, fewer] = (ofFirst?.length ?? 0) >= (ofSecond?.length ?? 0) ? [ofFirst, ofSecond] : [ofSecond, ofFirst];
  const hosts = (more ?? []).filter((host) => !fewer?.includes(host));
  if (more?.length === fewer?.length) return { is: 'unknown', hosts: [], failure: undefined };
  const is = more === ofFirst ? 'first' : 'second';
  const failure = failures.find(({ kind, target }) => kind === 'answered' && hosts.includes(target?.host ?? ''));
  return { is, hosts, failure: is === 'second' ? failure : undefined };
}

const hostOf = (url: string): string => splitUrl(url.trim()).host.toLowerCase();

const whoOf = (unit: string): Who => (unit === 'gitlab-runner' ? 'runner' : 'daemon');

/** What a service asks for. */
function hostsOf(picture: Picture, unit: string): readonly string[] {
  const { gitlab, registries, cache } = ownHosts(picture);
  const urls = unit === 'gitlab-runner' ? [...gitlab, ...cache] : unit === 'docker' ? registries : [];
  return [...new Set(urls.map(hostOf))];
}
