import type { Socket } from 'node:net';
import type { MockGitlab } from '../gitlab/handle.ts';
import type { ForwardProxy } from '../proxy/handle.ts';
import { GITLAB_ADDRESS, LOOPBACK, nameOf, PROXY_ADDRESS } from './names.ts';

/** Takes over a connection that went around the proxy. */
export interface Trap {
  accept(socket: Socket, destination: { host: string; port: number }): void;
}

/** Where every destination of the subject leads. */
export interface Routes {
  /** Whether this is where the proxy listens, as the subject sees it. */
  isProxy(address: string, port: number): boolean;
  /** Whether this leads to GitLab itself. */
  isGitlab(address: string, port: number): boolean;
  /** Gives a connection to whom it belongs: the proxy, GitLab, or the tripwire. */
  take(socket: Socket, address: string, port: number): void;
}

/** The routes of a world, the same for a subject in a namespace and for one in this process. */
export function createRoutes(options: {
  readonly gitlab: MockGitlab;
  readonly proxy: ForwardProxy | undefined;
  readonly tripwire: Trap;
  /** Where GitLab's name leads. */
  readonly direct: 'tripwire' | 'gitlab';
}): Routes {
  const { gitlab, proxy, tripwire, direct } = options;
  const routes: Routes = {
    isProxy: (address, port) => port === proxy?.port && (address === PROXY_ADDRESS || address === LOOPBACK),
    isGitlab: (address, port) =>
      direct === 'gitlab' && port === gitlab.port && (address === GITLAB_ADDRESS || address === LOOPBACK),
    take: (socket, address, port) => {
      // Whoever takes it over listens to its errors; until then one must not end the harness.
      socket.on('error', () => {});
      if (routes.isProxy(address, port)) proxy?.accept(socket);
      else if (routes.isGitlab(address, port)) gitlab.accept(socket, 'direct');
      else tripwire.accept(socket, { host: nameOf(address), port });
    },
  };
  return routes;
}
