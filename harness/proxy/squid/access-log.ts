import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** One line of squid's access log. */
export interface AccessLine {
  readonly line: string;
  /** The port of the connection to squid, by which its client is found. */
  readonly port: number;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

/** Listens for the lines of an access log, as squid's module `tcp` sends them: at once, and nothing on disk. */
export class AccessLog implements AsyncDisposable {
  readonly #server: Server;
  readonly #heard: (line: AccessLine) => void;
  readonly #open = new Set<Socket>();

  constructor(heard: (line: AccessLine) => void) {
    this.#heard = heard;
    this.#server = createServer((socket) => this.#read(socket));
  }

  /** @returns the port it listens on */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
  }

  #read(socket: Socket): void {
    let rest = '';
    this.#open.add(socket);
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const parsed = parseAccessLine(line);
        if (parsed) this.#heard(parsed);
      }
    });
    socket.once('close', () => this.#open.delete(socket));
  }
}

/** Takes a line of our log format apart; undefined when it is none. */
export function parseAccessLine(line: string): AccessLine | undefined {
  const [port, result, status, bytes, duration, method, target, user] = line.trim().split(' ');
  if (!/^\d+$/.test(port ?? '') || user === undefined) return undefined;
  // A connection on which nothing was asked: our own, when squid starts.
  if (target === 'error:transaction-end-before-headers') return undefined;
  const shown = `${result}/${status} ${bytes} ${method} ${target}`;
  return {
    line: shown,
    port: Number(port),
    fields: {
      result: result ?? '',
      status: Number(status),
      bytes: Number(bytes),
      durationMs: Number(duration),
      method: method ?? '',
      target: target ?? '',
      authenticated: user !== '-',
      ...(user === '-' ? {} : { user: decoded(user) }),
    },
  };
}

/** A field in squid's percent-encoding, whatever bytes a client made up. */
function decoded(field: string): string {
  const bytes = field.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
