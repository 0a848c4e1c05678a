import { connect } from 'node:net';

/** What came back on a connection until it ended. */
export interface RawReply {
  readonly text: string;
  /** The code of the error that ended it, such as ECONNRESET. */
  readonly error?: string;
}

/**
 * Sends bytes to a port of this machine and reads what comes back, until the other side ends the connection or `enough`
 * says that all is there.
 */
export function raw(
  port: number,
  request: string | Buffer,
  enough: (text: string) => boolean = () => false,
): Promise<RawReply> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let text = '';
    socket.setEncoding('latin1').on('data', (part: string) => {
      text += part;
      if (enough(text)) socket.destroy();
    });
    let error: string | undefined;
    socket.on('error', (problem: NodeJS.ErrnoException) => {
      error = problem.code ?? problem.message;
    });
    socket.on('close', () => resolve(error === undefined ? { text } : { text, error }));
  });
}

/** A job request as text. */
export function jobRequest(token: string, headers: readonly string[] = []): string {
  const body = JSON.stringify({ token });
  const head = ['POST /api/v4/jobs/request HTTP/1.1', 'Host: 127.0.0.1', ...headers, `Content-Length: ${body.length}`];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
