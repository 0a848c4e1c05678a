import { connect } from 'node:net';

/** Sends the same request again and again on kept connections, one at a time on each, for so long. */
export async function requests(given: {
  readonly port: number;
  readonly request: string;
  readonly status: number;
  readonly clients: number;
  readonly ms: number;
}): Promise<{ amount: number; seconds: number }> {
  const began = performance.now();
  const counts = await Promise.all(Array.from({ length: given.clients }, () => client(given, began + given.ms)));
  const amount = counts.reduce((sum, each) => sum + each, 0);
  return { amount, seconds: (performance.now() - began) / 1000 };
}

function client(
  { port, request, status }: { port: number; request: string; status: number },
  until: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0;
    let heard = '';
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(request));
    socket.on('data', (data) => {
      heard += data.toString('latin1');
      const length = answerLength(heard);
      if (length === undefined || heard.length < length) return;
      if (!heard.startsWith(`HTTP/1.1 ${status} `)) return socket.destroy(new Error(`The answer was: ${heard}`));
      heard = heard.slice(length);
      count += 1;
      if (performance.now() < until) socket.write(request);
      else {
        socket.destroy();
        resolve(count);
      }
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('The server closed a connection that was to be kept.')));
  });
}

/** How long an answer is that has a `Content-Length` or no body; undefined until its head is there. */
export function answerLength(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head))?.[1];
  return head + 4 + Number(length ?? 0);
}
