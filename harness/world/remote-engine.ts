import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { listen } from '../ledger/index.ts';
import type { CertificateAuthority } from '../tls/index.ts';

/** A Docker engine somewhere else, which says who it is and does nothing. */
export interface RemoteEngine extends AsyncDisposable {
  /** On loopback. */
  readonly port: number;
}

/** The oldest API that clients of the last years ask for, and that 19.03 has (Docker Engine API, v1.40). */
const API = '1.40';
const WHO = { Version: '19.03.15', ApiVersion: API, MinAPIVersion: '1.12', Os: 'linux', Arch: 'amd64' };

/** Answers `_ping` and `version` of the Docker Engine API, by TLS, for whoever asks. @param hosts by which it is known */
export async function startRemoteEngine(ca: CertificateAuthority, hosts: readonly string[]): Promise<RemoteEngine> {
  const server = createServer(await ca.issue(hosts), answer);
  const port = await listen(server);
  return {
    port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer({ url = '' }: IncomingMessage, res: ServerResponse): void {
  const { pathname } = new URL(url, 'http://engine');
  res.setHeader('Api-Version', API);
  res.setHeader('Ostype', 'linux');
  if (/^(?:\/v[\d.]+)?\/_ping$/.test(pathname)) return void res.end('OK');
  res.setHeader('Content-Type', 'application/json');
  if (/^(?:\/v[\d.]+)?\/version$/.test(pathname)) return void res.end(JSON.stringify(WHO));
  res.statusCode = 404;
  res.end(JSON.stringify({ message: 'page not found' }));
}
