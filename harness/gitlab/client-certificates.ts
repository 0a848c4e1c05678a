import type { Server } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Connection, Connections, Ledger } from '../ledger/index.ts';

/** Whether a client needs a certificate. */
export const CLIENT_CERTIFICATE_ASKED = ['optional', 'required'] as const;
/** Whether a client needs a certificate. */
export type ClientCertificateAsked = (typeof CLIENT_CERTIFICATE_ASKED)[number];

/** Knows what certificate came with each connection, and whom nginx would refuse. */
export class ClientCertificates {
  readonly #asked: ClientCertificateAsked;
  readonly #connections: Connections;
  readonly #ledger: Ledger;
  /** Why a connection's requests are refused. */
  readonly #refused = new WeakMap<Connection, string>();

  constructor(asked: ClientCertificateAsked, connections: Connections, ledger: Ledger) {
    this.#asked = asked;
    this.#connections = connections;
    this.#ledger = ledger;
  }

  /** Looks at every connection of a server that asks for certificates, once its handshake is over. */
  watch(server: Server): void {
    server.prependListener('secureConnection', (socket: TLSSocket) => {
      const connection = this.#connections.find(socket);
      if (connection) this.#shown(connection, socket);
    });
  }

  /** What nginx says in its 400 to the requests of a connection; undefined where it passes them on. */
  refusal(connection: Connection): string | undefined {
    return this.#refused.get(connection);
  }

  #shown(connection: Connection, socket: TLSSocket): void {
    const { subject } = socket.getPeerCertificate() ?? {};
    const verified = socket.authorized;
    this.#ledger.record('gitlab', {
      kind: 'client-certificate',
      connection: connection.id,
      verified,
      ...(subject ? { subject: String(subject.CN ?? 'nobody') } : {}),
      ...(subject && !verified ? { reason: String(socket.authorizationError) } : {}),
    });
    if (subject && !verified) this.#refused.set(connection, 'The SSL certificate error');
    if (!subject && this.#asked === 'required') this.#refused.set(connection, 'No required SSL certificate was sent');
  }
}

/** The page of nginx 1.x for it (src/http/ngx_http_special_response.c, 495 and 496). */
export const refusalPage = (why: string): string =>
  [
    '<html>',
    `<head><title>400 ${why}</title></head>`,
    '<body>',
    '<center><h1>400 Bad Request</h1></center>',
    `<center>${why}</center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
