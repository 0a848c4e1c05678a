import type { Socket } from 'node:net';
import type { Registry } from '../containers/registry/handle.ts';
import type { MockGitlab } from '../gitlab/handle.ts';
import type { ForwardProxy, Kerberos } from '../proxy/handle.ts';
import { portOf } from '../url/index.ts';
import { type WorldNames, worldNames } from './known-as.ts';
import {
  GITLAB_ADDRESS,
  KDC_ADDRESS,
  LOOPBACK,
  PROXY_ADDRESS,
  REGISTRY_ADDRESS,
  STANDBY_ADDRESS,
  STORAGE_ADDRESS,
} from './names.ts';

/** Takes over a connection that went around the proxy. */
export interface Trap {
  accept(socket: Socket, destination: { host: string; port: number }): void;
}

/** Where every destination of the subject leads. */
export interface Routes {
  /** The proxy whose place this is, as the subject sees it. */
  proxyAt(address: string, port: number): ForwardProxy | undefined;
  /** Whether this leads to GitLab itself. */
  isGitlab(address: string, port: number): boolean;
  /** Gives a connection to whom it belongs: the proxy, GitLab, the registry, a proxy's Kerberos KDC, or the tripwire. */
  take(socket: Socket, address: string, port: number): void;
}

/** The routes of a world, the same for a subject in a namespace and for one in this process. */
export function createRoutes(options: {
  readonly gitlab: MockGitlab;
  readonly registry: Registry | undefined;
  readonly proxy: ForwardProxy | undefined;
  readonly standby: ForwardProxy | undefined;
  readonly tripwire: Trap;
  /** Where the names of GitLab and of the registry lead. */
  readonly direct: 'tripwire' | 'gitlab';
  /** The world's own names by default. */
  readonly known?: WorldNames;
}): Routes {
  const { gitlab, registry, proxy, standby, tripwire, direct, known = worldNames({}) } = options;
  const proxyAt = (address: string, port: number): ForwardProxy | undefined => {
    const { peer } = known.knownAt(address, port) ?? {};
    if (peer === 'proxy') return proxy;
    if (peer === 'standby') return standby;
    if (port === proxy?.port && (address === PROXY_ADDRESS || address === LOOPBACK)) return proxy;
    return port === standby?.port && (address === STANDBY_ADDRESS || address === LOOPBACK) ? standby : undefined;
  };
  const kdcAt = (port: number): Kerberos | undefined =>
    [proxy?.kerberos, standby?.kerberos].find((realm) => realm?.port === port);
  const isRegistry = (address: string, port: number): boolean => {
    const { peer, open = direct === 'gitlab' } = known.knownAt(address, port) ?? {};
    return (
      (open && peer === 'registry') || (direct === 'gitlab' && port === registry?.port && address === REGISTRY_ADDRESS)
    );
  };
  /** Where its URL names no port, that of its scheme. */
  const gitlabPorts = [gitlab.port, portOf(new URL(gitlab.url))];
  const routes: Routes = {
    proxyAt,
    isGitlab: (address, port) => {
      const { peer, open = direct === 'gitlab' } = known.knownAt(address, port) ?? {};
      if (peer === 'gitlab' || peer === 'storage') return open;
      return (
        direct === 'gitlab' &&
        gitlabPorts.includes(port) &&
        [GITLAB_ADDRESS, STORAGE_ADDRESS, LOOPBACK].includes(address)
      );
    },
    take: (socket, address, port) => {
      // Whoever takes it over listens to its errors; until then one must not end the harness.
      socket.on('error', () => {});
      const forward = proxyAt(address, port);
      // A door of its own is closed meanwhile; one that it shares is not.
      if (forward && known.knownAt(address, port) && !forward.listening) socket.resetAndDestroy();
      else if (forward) forward.accept(socket);
      else if (routes.isGitlab(address, port)) gitlab.accept(socket, 'direct');
      else if (isRegistry(address, port)) registry?.accept(socket, 'direct');
      else if (address === KDC_ADDRESS && kdcAt(port)) kdcAt(port)?.accept(socket);
      else tripwire.accept(socket, { host: known.nameOf(address), port });
    },
  };
  return routes;
}
