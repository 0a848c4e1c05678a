import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Header, headerLines, type Ledger } from '../../ledger/index.ts';
import { looksLikeTls, parseClientHello } from './client-hello.ts';

/** Where a connection was meant to go. */
export interface Destination {
  readonly host: string;
  readonly port: number;
}

/** Stands where the origins' names lead outside the proxy: whoever comes here went around it. */
export interface Tripwire extends AsyncDisposable {
  /** Takes over a connection that came in by a door of the world. */
  accept(socket: Socket, to: Destination): void;
  /** Listens on a free port of 127.0.0.1, once. @returns the port */
  listen(): Promise<number>;
}

const REFUSAL = 'Connection refused by the test network: this went around the proxy.\n';
const HTTP_REFUSAL = [
  'HTTP/1.1 403 Forbidden',
  'Content-Type: text/plain; charset=utf-8',
  `Content-Length: ${REFUSAL.length}`,
  'Connection: close',
  '',
  REFUSAL,
].join('\r\n');
/** A fatal alert, access_denied (RFC 8446 section 6.2). */
const TLS_REFUSAL = Buffer.from([21, 3, 3, 0, 2, 2, 49]);

/** Bounds of what is waited for and shown, in bytes, and of how long a refused client may linger, in milliseconds. */
const HEAD_BYTES = 16 * 1024;
const SHOWN_BYTES = 64;
const LINGER_MS = 1000;
/** How long the rest of a first message may take unless somebody says otherwise, in real milliseconds. */
const PATIENCE_MS = 250;

interface Met {
  readonly protocol: 'http' | 'tls' | 'other' | 'silent';
  readonly detail: string;
  readonly headers?: readonly Header[];
}

/**
 * Makes a tripwire, ready to accept.
 * @param options.patienceMs how long the rest of a first message may take, in real milliseconds: it is recorded as it
 *   stands then
 */
export function createTripwire({
  ledger,
  patienceMs = PATIENCE_MS,
}: {
  readonly ledger: Ledger;
  readonly patienceMs?: number;
}): Tripwire {
  const open = new Set<Socket>();
  let server: Server | undefined;

  const accept = (socket: Socket, to: Destination): void => {
    open.add(socket);
    socket.on('error', () => {});
    socket.setNoDelay(true);
    const from = `${socket.remoteAddress ?? 'unknown'}:${socket.remotePort ?? 0}`;
    let seen = Buffer.alloc(0);
    let met: Met | undefined;
    let patience: NodeJS.Timeout | undefined;
    const record = (what: Met): void => {
      if (met) return;
      met = what;
      clearTimeout(patience);
      ledger.record('tripwire', { kind: 'tripwire', from, to: `${to.host}:${to.port}`, ...what });
      if (what.protocol !== 'silent') refuse(socket, what.protocol);
    };
    socket.on('data', (chunk) => {
      if (met) return;
      seen = Buffer.concat([seen, chunk]);
      const what = identify(seen);
      if (what) return record(what);
      patience ??= setTimeout(() => record(identify(seen, true) ?? other(seen)), patienceMs);
    });
    const gone = (): void => {
      if (seen.length > 0) record(identify(seen, true) ?? other(seen));
      else record({ protocol: 'silent', detail: 'It connected and said nothing.' });
      socket.end();
    };
    socket.once('end', gone);
    socket.once('close', () => {
      gone();
      open.delete(socket);
    });
  };

  return {
    accept,
    listen: async () => {
      if (!server) {
        const listener = createServer((socket) => accept(socket, { host: '127.0.0.1', port: socket.localPort ?? 0 }));
        server = listener;
        await new Promise<void>((resolve, reject) => {
          listener.once('error', reject);
          listener.listen(0, '127.0.0.1', resolve);
        });
      }
      return (server.address() as AddressInfo).port;
    },
    [Symbol.asyncDispose]: async () => {
      server?.close();
      // Whoever said nothing is recorded when its connection has closed.
      await Promise.all([...open].map((socket) => once(socket.destroy(), 'close')));
    },
  };
}

/** What the first bytes are; undefined when more must come before that can be said. */
function identify(bytes: Buffer, isAll = false): Met | undefined {
  if (looksLikeTls(bytes)) {
    const hello = parseClientHello(bytes);
    if (!hello && !isAll && bytes.length < HEAD_BYTES) return undefined;
    return { protocol: 'tls', detail: hello?.serverName ?? 'TLS without a server name' };
  }
  const text = bytes.toString('latin1', 0, HEAD_BYTES);
  const isHttp = /^[A-Z]+ [^ \r\n]* HTTP\/\d/.test(text);
  const mayBecomeHttp = !isAll && bytes.length < HEAD_BYTES && /^[A-Z]+( [^\r\n]*)?$/.test(text);
  if (!isHttp) return mayBecomeHttp ? undefined : other(bytes);
  const end = text.indexOf('\r\n\r\n');
  if (end < 0 && !isAll && bytes.length < HEAD_BYTES) return undefined;
  const head = end < 0 ? text : text.slice(0, end);
  const [line = ''] = head.split('\r\n', 1);
  return { protocol: 'http', detail: line, headers: headerLines(head, line.length + 2) };
}

/** Bytes of no protocol we know: what of them can be read, and the rest as hexadecimal numbers. */
function other(bytes: Buffer): Met {
  const shown = bytes.subarray(0, SHOWN_BYTES).toString('latin1');
  return { protocol: 'other', detail: shown.replace(/[^\x20-\x7e]/g, hexadecimal) };
}

const hexadecimal = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

function refuse(socket: Socket, protocol: 'http' | 'tls' | 'other'): void {
  if (protocol === 'http') socket.end(HTTP_REFUSAL);
  else if (protocol === 'tls') socket.end(TLS_REFUSAL);
  else socket.end();
  socket.setTimeout(LINGER_MS, () => socket.destroy());
}
