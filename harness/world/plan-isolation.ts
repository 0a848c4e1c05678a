import { GITLAB_NAME, LOOPBACK, PROXY_NAME } from './names.ts';
import type { WorldSpec } from './spec.ts';

/** How a world keeps its subject in, and by which names the subject knows the peers. */
export interface IsolationPlan {
  /** As the ledger says it. */
  readonly isolation: 'namespace' | 'dialer' | 'names';
  /** Whether programs are put into a namespace. */
  readonly namespace: boolean;
  readonly direct: 'tripwire' | 'gitlab';
  readonly gitlabHost: string;
  readonly proxyHost: string;
}

/**
 * Decides what isolates the subject of a world. A subject and the programs it starts are always given the same names.
 * @param machine what this machine can do, and why it is not more
 * @throws Error when the declaration needs a namespace and none can be made
 */
export function planIsolation(
  spec: WorldSpec,
  inProcess: boolean,
  machine: { readonly isolation: 'namespace' | 'names'; readonly isolationReason?: string },
): IsolationPlan {
  const direct = spec.direct ?? (spec.proxy ? 'tripwire' : 'gitlab');
  const namespace =
    machine.isolation === 'namespace' && (!inProcess || spec.children === true || spec.docker !== undefined);
  // The world's own names reach a subject through a namespace's hosts file or through the dialer; a program that is in
  // neither knows no names but the machine's.
  if (spec.docker && !namespace) {
    const why = machine.isolationReason ? `: ${machine.isolationReason}` : '';
    throw new Error(
      `This world has a Docker engine, which takes a network namespace, and none can be made here${why}.`,
    );
  }
  const named = namespace || (inProcess && !spec.children);
  if (!named && spec.proxy && direct === 'gitlab') {
    const why = machine.isolationReason ? `: ${machine.isolationReason}` : '';
    throw new Error(
      `This world has a proxy and lets the subject reach GitLab by name around it, which takes a network namespace, and none can be made here${why}. Run as root on Linux, or leave the case out.`,
    );
  }
  return {
    isolation: inProcess ? 'dialer' : namespace ? 'namespace' : 'names',
    namespace,
    direct,
    // Behind a proxy the origin keeps its name even where only the proxy can resolve it: that is what isolates.
    gitlabHost: named || spec.proxy ? GITLAB_NAME : LOOPBACK,
    proxyHost: named ? PROXY_NAME : LOOPBACK,
  };
}
