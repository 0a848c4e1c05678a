import { connect } from 'node:net';
import { AUTHORIZATION } from './credentials.ts';
import { PING } from './origin.ts';

/** Opens tunnels, has something come back through each, and closes them, so many at once, for so long. */
export async function tunnels(given: {
  readonly port: number;
  readonly target: string;
  /** What goes through a tunnel: a ping of no known protocol, or a plain HTTP request. */
  readonly inside: 'ping' | 'http';
  readonly clients: number;
  readonly ms: number;
}): Promise<{ amount: number; seconds: number }> {
  const { port, target, inside, clients, ms } = given;
  const message = inside === 'ping' ? PING : `GET / HTTP/1.1\r\nHost: ${target}\r\nUser-Agent: bench\r\n\r\n`;
  const began = performance.now();
  const until = began + ms;
  let amount = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      await tunnel(port, target, message);
      amount += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { amount, seconds: (performance.now() - began) / 1000 };
}

function tunnel(port: number, target: string, message: string | Buffer): Promise<void> {
  const request = `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nProxy-Authorization: ${AUTHORIZATION}\r\nUser-Agent: bench\r\n\r\n`;
  return new Promise((resolve, reject) => {
    let stands = false;
    let done = false;
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(request));
    socket.on('data', (data) => {
      if (stands) {
        done = true;
        socket.end();
        return;
      }
      const answer = data.toString('latin1');
      if (!/^HTTP\/1\.1 200 /.test(answer)) return socket.destroy(new Error(`CONNECT was answered: ${answer}`));
      stands = true;
      socket.write(message);
    });
    socket.once('error', reject);
    socket.once('close', () => {
      if (done) resolve();
      else reject(new Error('The proxy closed a tunnel before an answer came through it.'));
    });
  });
}
