import { Agent, type ClientRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { withSoundReason } from './grammar/index.ts';

/** Where a name of the world leads. */
export interface OriginAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * The world's own name resolution: the address of an origin, with its port when that differs from the one asked for.
 * Undefined when there is no such name; the proxy then goes nowhere.
 */
export type ResolveOrigin = (host: string, port: number) => OriginAddress | string | undefined;

/** How the record says that a request was refused because its target is none of the world's own origins. */
export const refusedTarget = (line: string): string =>
  `${line} is refused: this proxy leads to the world's own origins, host and port, and to nothing else.`;

/** Opens connections to the world's own origins, and to nothing else. */
export class WayOut implements Disposable {
  readonly #resolve: ResolveOrigin;
  readonly #open = new Set<Socket>();
  /** For node:http: opens its connections here, and keeps them for the next request. */
  readonly agent: Agent;

  constructor(resolve: ResolveOrigin) {
    this.#resolve = resolve;
    const wayOut = this;
    this.agent = new (class extends Agent {
      override createConnection(options: { host?: string | null; port?: number | string | null }): Socket {
        return wayOut.connect(options.host ?? '', Number(options.port ?? 80));
      }
    })({ keepAlive: true });
    readStrictly(this.agent);
  }

  /** @returns undefined when there is no such name */
  where(host: string, port: number): OriginAddress | undefined {
    const found = this.#resolve(host.toLowerCase().replace(/^\[|\]$|\.$/g, ''), port);
    return typeof found === 'string' ? { host: found, port } : found;
  }

  /** @throws Error when there is no such name */
  connect(host: string, port: number): Socket {
    const origin = this.where(host, port);
    if (!origin)
      throw new Error(`The proxy knows no origin ${host}:${port}; it connects to the world's own ones only.`);
    const socket = connect({ host: origin.host, port: origin.port, noDelay: true });
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  }

  [Symbol.dispose](): void {
    this.agent.destroy();
    for (const socket of this.#open) socket.destroy();
  }
}

/**
 * Has answers read strictly, whoever asks. proxy-chain asks for Node's lenient parser, which takes an answer with two
 * lengths, and leaves its client waiting at an answer that changes the protocol, or whose reason phrase cannot be
 * written. Node asks an agent for a connection by a method that has no public type.
 */
function readStrictly(agent: Agent): void {
  const add: unknown = Reflect.get(agent, 'addRequest');
  if (typeof add !== 'function') throw new Error('This Node has another way of asking an agent for a connection.');
  Reflect.set(agent, 'addRequest', (request: ClientRequest, ...rest: unknown[]) => {
    Reflect.set(request, 'insecureHTTPParser', false);
    request.prependListener('response', withSoundReason);
    refuseUpgrade(request);
    Reflect.apply(add, agent, [request, ...rest]);
  });
}

/** Lets an answer that changes the protocol, for which nobody asked, be an error. */
export function refuseUpgrade(request: ClientRequest): void {
  request.once('upgrade', (_, socket) => {
    socket.destroy();
    // To Node the request is over, so that `destroy` would tell nobody.
    request.emit('error', new Error('the origin changes to another protocol, for which nobody asked'));
  });
}
