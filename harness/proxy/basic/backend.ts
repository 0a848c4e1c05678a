import { Agent } from 'node:http';
import type { Socket } from 'node:net';
import { type PrepareRequestFunction, RequestError } from 'proxy-chain';
import { joinHostPort } from '../../url/index.ts';
import { type Credentials, isRightBasic } from '../auth/index.ts';
import type { Backend } from '../front/backend.ts';
import type { ProxyContext } from '../front/context.ts';
import type { ProxyExchange } from '../front/proxy-exchange.ts';
import { RecordedRequest } from '../front/recorded-request.ts';
import type { Recording } from '../front/recording.ts';
import type { ClientConnection } from '../gate/client-connection.ts';
import { connectionOf } from '../gate/connection-of.ts';
import type { OpenedTunnels } from '../interception/opened-tunnels.ts';
import { refusedTarget, type WayOut } from '../way-out.ts';
import { ObservedServer } from './observed-server.ts';
import { observeRawAnswer } from './raw-answer.ts';
import { version } from './version.ts';

const ESTABLISHED = { status: 200, reason: 'Connection Established', headers: [] } as const;

/** What proxy-chain is given to work with. */
export interface BasicOptions {
  readonly context: ProxyContext;
  readonly wayOut: WayOut;
  readonly opened: OpenedTunnels | undefined;
  /** Nobody needs credentials. */
  readonly open: boolean;
  readonly right: () => Credentials | undefined;
  /** A parent proxy, with credentials, through which everything goes. */
  readonly upstream?: URL;
}

/** proxy-chain at work: its own parsing, authentication, forwarding and tunnels; we look on. */
export function basicBackend(options: BasicOptions): Backend {
  const { context, wayOut, opened, open, right, upstream } = options;
  const upstreamAgent = new Agent();

  const prepareRequestFunction: PrepareRequestFunction = ({ request, username, password, hostname, port, isHttp }) => {
    if (!open && !isSame(right(), username, password)) return { requestAuthentication: true };
    const origin = wayOut.where(hostname, port);
    if (!origin) {
      const { exchange, line } = requestOf(request);
      exchange?.odd(refusedTarget(line));
      throw new RequestError(refusedTarget(line), 403);
    }
    if (upstream) return { upstreamProxyUrl: upstream.href, httpAgent: upstreamAgent };
    if (isHttp) return { httpAgent: wayOut.agent };
    // For a tunnel proxy-chain resolves names only, not ports; the origin never sees this target.
    request.url = joinHostPort(origin.host, origin.port);
    return {};
  };
  const chain = new ObservedServer(prepareRequestFunction, (socket) => {
    const connection = connectionOf(socket);
    if (connection) observeRawAnswer(context, connection);
  });
  chain.on('requestFailed', ({ error, request }: { error: Error; request: object }) => {
    requestOf(request).exchange?.odd(`proxy-chain could not carry the request out: ${error.message}`);
  });

  const admits = (exchange: ProxyExchange): boolean => {
    if (open || isRightBasic(right(), exchange.request.headers['proxy-authorization'])) return true;
    exchange.answer({
      status: 407,
      headers: challenge(),
      body: { framing: 'length', text: 'Proxy credentials required.' },
      close: true,
    });
    return false;
  };
  const challenge = (): [string, string][] => [['Proxy-Authenticate', `Basic realm="${String(chain.authRealm)}"`]];

  return {
    product: `proxy-chain ${version()}`,
    keepsOpen: false,
    challenge,
    admits,
    opened: (connection: ClientConnection) => {
      // A connection that came by a door of the world may have no address; proxy-chain takes it for closed then.
      if (!connection.socket.remoteAddress) {
        Object.defineProperty(connection.socket, 'remoteAddress', { value: '127.0.0.1' });
      }
      // What a parent proxy answers is passed on by other ways than the server's own.
      if (upstream) observeRawAnswer(context, connection);
      chain.onConnection(connection.socket);
    },
    forward: (exchange) => {
      void chain.onRequest(exchange.request, exchange.writer());
    },
    tunnel: (exchange) => {
      if (opened?.wanted(exchange)) {
        if (admits(exchange)) opened.open(exchange);
        return;
      }
      const { socket } = exchange.connection;
      socket.once('pipe', (origin: Socket) => {
        const standing = (): void => exchange.established(origin, ESTABLISHED);
        if (origin.connecting) origin.once('connect', standing);
        else queueMicrotask(standing);
      });
      void chain.onConnect(exchange.request, socket, exchange.firstBytes);
    },
    malformed: (error, socket) => chain.onClientError(error, socket),
    [Symbol.dispose]: () => upstreamAgent.destroy(),
  };
}

/** The record of a request that proxy-chain has been given. */
function requestOf(request: object): { exchange: Recording | undefined; line: string } {
  const exchange = request instanceof RecordedRequest ? request.exchange : undefined;
  return { exchange, line: exchange?.line ?? 'A request' };
}

const isSame = (right: Credentials | undefined, user: string, password: string): boolean =>
  right !== undefined && right.user === user && right.password === password;
