import { connect } from 'node:net';
import { AUTHORIZATION } from './credentials.ts';
import { answerLength } from './requests.ts';

/** Gets one large file through a proxy, as a forwarded request or in a tunnel. */
export function transfer(given: {
  readonly port: number;
  readonly target: string;
  readonly bytes: number;
  readonly through: 'forward' | 'tunnel';
}): Promise<{ amount: number; seconds: number }> {
  const { port, target, bytes, through } = given;
  const head = `Host: ${target}\r\nProxy-Authorization: ${AUTHORIZATION}\r\n`;
  const get = `GET ${through === 'forward' ? `http://${target}` : ''}/bytes/${bytes} HTTP/1.1\r\n${head}\r\n`;
  return new Promise((resolve, reject) => {
    const began = performance.now();
    let stands = through === 'forward';
    let heard = 0;
    let expected: number | undefined;
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => {
      socket.write(stands ? get : `CONNECT ${target} HTTP/1.1\r\n${head}\r\n`);
    });
    socket.on('data', (data) => {
      if (!stands) {
        stands = true;
        socket.write(get);
        return;
      }
      expected ??= answerLength(data.toString('latin1'));
      heard += data.length;
      if (expected === undefined || heard < expected) return;
      socket.destroy();
      resolve({ amount: heard, seconds: (performance.now() - began) / 1000 });
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`Only ${heard} of ${bytes} bytes came.`)));
  });
}
