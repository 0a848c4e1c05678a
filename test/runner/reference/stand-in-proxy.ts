import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** A forward proxy that records what it is asked, and refuses when it is told to. */
export class StandInProxy implements AsyncDisposable {
  readonly seen: { target: string; authorization: string | undefined }[] = [];
  /** Answers this status in the origin's place. */
  refuses: { status: number; body?: string } | undefined;
  readonly #server: Server;

  private constructor(names: ReadonlyMap<string, number>) {
    const portOf = (host: string): number => names.get(host) ?? 1;
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '');
      this.seen.push({ target: `${request.method} ${url}`, authorization: request.headers['proxy-authorization'] });
      if (this.refuses) {
        request.resume();
        response.writeHead(this.refuses.status, { 'Content-Type': 'text/plain' });
        response.end(this.refuses.body);
        return;
      }
      const { 'proxy-authorization': _, ...headers } = request.headers;
      const onward = httpRequest(
        { port: portOf(url.hostname), method: request.method, path: url.pathname + url.search, headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 0, answer.statusMessage, answer.rawHeaders);
          answer.pipe(response);
        },
      );
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    });
    this.#server.on('connect', (request, socket) => {
      this.seen.push({ target: `CONNECT ${request.url}`, authorization: request.headers['proxy-authorization'] });
      socket.on('error', () => {});
      if (this.refuses) {
        socket.end(`HTTP/1.1 ${this.refuses.status} Refused By Proxy\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      const onward = connect(portOf(request.url?.split(':')[0] ?? ''), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
      socket.on('close', () => onward.destroy());
    });
  }

  /** @param names origins, and their ports on loopback */
  static async start(names: ReadonlyMap<string, number>): Promise<StandInProxy> {
    const proxy = new StandInProxy(names);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get targets(): string[] {
    return this.seen.map((each) => each.target);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
