import { request as httpRequest, type IncomingMessage } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';
import type { SubjectHost } from '../../subject.ts';
import type { ProxyPolicy, TimeLimits } from '../policies/proxy-policy.ts';
import {
  codeOf,
  dialMessage,
  handshakeMessage,
  roundTripMessage,
  TransportError,
  type TransportStage,
} from './errors.ts';
import { within } from './limit.ts';
import type { Trust } from './trust.ts';

/** OpenSSL's name for a certificate whose time is over. */
const EXPIRED = 'CERT_HAS_EXPIRED';

/** A tunnel to be asked for: the target of CONNECT, its `Host`, and the credentials for the proxy. */
interface Tunnel {
  readonly target: string;
  readonly host: string;
  readonly authorization: string | undefined;
}

/** Opens connections, and knows all that are open. */
export class Sockets {
  readonly #host: SubjectHost;
  readonly #trust: Trust;
  readonly #takes: ProxyPolicy['takesCertificates'];
  readonly #limits: TimeLimits;
  readonly #sockets = new Set<Socket>();
  #closed = false;
  /** How many certificates were rejected. */
  #failed = 0;
  /** How many connections TLS was spoken on. */
  #secured = 0;

  constructor(
    host: SubjectHost,
    trust: Trust,
    { takesCertificates, limits }: Pick<ProxyPolicy, 'takesCertificates' | 'limits'>,
  ) {
    this.#host = host;
    this.#trust = trust;
    this.#takes = takesCertificates;
    this.#limits = limits;
  }

  /** @throws TransportError when nobody answers there */
  async dial(stage: TransportStage, host: string, port: number, signal: AbortSignal): Promise<Socket> {
    const fail = (cause: unknown): TransportError => {
      const prefix = stage === 'proxy-dial' ? 'proxyconnect tcp: ' : '';
      const code = codeOf(cause);
      return new TransportError(stage, prefix + dialMessage(cause, host, port), { cause, ...(code ? { code } : {}) });
    };
    const tooLate = (): Error => Object.assign(new Error('i/o timeout'), { code: 'ETIMEDOUT' });
    try {
      const socket = await within(this.#host.clock, this.#limits.dialMs, this.#host.connect(host, port), {
        tooLate,
        signal,
        discard: (late) => late.destroy(),
      });
      // As in Go. Otherwise every small chunk of an upload waits for the acknowledgement of the one before.
      socket.setNoDelay(true);
      return this.#keep(socket);
    } catch (error) {
      throw signal.aborted ? error : fail(error);
    }
  }

  /** Speaks TLS on a connection. @throws TransportError when the certificate is not trusted */
  async secure(socket: Socket, host: string, signal: AbortSignal): Promise<Socket> {
    const secure = tlsConnect({
      socket,
      secureContext: this.#trust.context(),
      ...(isIP(host) === 0 ? { servername: host } : { host }),
      ALPNProtocols: ['http/1.1'],
      ...(this.#takes.includes('other-name') ? { checkServerIdentity: () => undefined } : {}),
      rejectUnauthorized: this.#takes.every((each) => each === 'other-name'),
    });
    this.#keep(secure);
    const shaken = new Promise<Socket>((resolve, reject) => {
      secure.once('secureConnect', () => {
        // A fault: what Node would reject is looked at here, and some of it is taken.
        const { authorizationError: wrong } = secure;
        if (wrong && !this.#isTaken(String(wrong))) {
          this.#failed += 1;
          return reject(wrong);
        }
        if (wrong && this.#takes.includes('any-until-answer')) refuseAnswer(secure, wrong);
        this.#secured += 1;
        if (!wrong) this.#trust.verified?.(secure, host);
        resolve(secure);
      });
      secure.once('error', reject);
      secure.once('close', () => reject(new Error('EOF')));
    });
    try {
      return await within(this.#host.clock, this.#limits.tlsHandshakeMs, shaken, {
        tooLate: () => new Error('net/http: TLS handshake timeout'),
        signal,
      });
    } catch (error) {
      // In this order: Node 24 crashes when what a TLS connection runs on is gone before it.
      secure.destroy();
      socket.destroy();
      if (signal.aborted) throw error;
      throw new TransportError('tls', handshakeMessage(error), { cause: error });
    }
  }

  /**
   * Asks a proxy for a tunnel (RFC 9110 section 9.3.6).
   * @throws TransportError with the proxy's status, when it answers anything but 200: Go retries none of them
   */
  async tunnel(socket: Socket, { target, host, authorization }: Tunnel, signal: AbortSignal): Promise<Socket> {
    const request = httpRequest({
      createConnection: () => socket,
      method: 'CONNECT',
      path: target,
      headers: {
        Host: host,
        'User-Agent': 'Go-http-client/1.1',
        ...(authorization === undefined ? {} : { 'Proxy-Authorization': authorization }),
      },
    });
    // Go names no connection option; a `close` of Node's own would end the tunnel at some proxies.
    request.removeHeader('Connection');
    const answered = new Promise<{ answer: IncomingMessage; head: Buffer }>((resolve, reject) => {
      request.once('connect', (answer: IncomingMessage, _: Socket, head: Buffer) => resolve({ answer, head }));
      request.once('response', (answer: IncomingMessage) => resolve({ answer, head: Buffer.alloc(0) }));
      request.on('error', reject);
    });
    request.end();
    try {
      const { answer, head } = await within(this.#host.clock, this.#limits.connectMs, answered, {
        tooLate: () => new Error('context deadline exceeded'),
        signal,
      });
      const status = answer.statusCode ?? 0;
      if (status !== 200) {
        throw new TransportError('connect', answer.statusMessage || 'unknown status code', { status });
      }
      if (head.length > 0) socket.unshift(head);
      return socket;
    } catch (error) {
      request.destroy();
      socket.destroy();
      if (signal.aborted || error instanceof TransportError) throw error;
      throw new TransportError('connect', roundTripMessage(error), { cause: error });
    }
  }

  /** Closes every connection, and resolves when all are closed. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(
      [...this.#sockets].map((socket) => {
        const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
        socket.destroy();
        return closed;
      }),
    );
  }

  #isTaken(wrong: string): boolean {
    const takes = this.#takes;
    if (takes.includes('any') || takes.includes('any-until-answer')) return true;
    if (takes.includes('any-but-first') && this.#secured > 0) return true;
    if (takes.includes('any-after-failure') && this.#failed > 0) return true;
    return wrong === EXPIRED && takes.includes('expired');
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    // Errors are told to whoever uses the connection; an idle one may fail unheard.
    socket.on('error', () => {});
    if (this.#closed) socket.destroy();
    return socket;
  }
}

/** A fault: a certificate that is wrong ends the connection when the answer comes, and the request has been sent. */
function refuseAnswer(socket: TLSSocket, wrong: Error): void {
  socket.prependOnceListener('data', () => socket.destroy(wrong));
}
