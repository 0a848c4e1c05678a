import { connect } from 'node:net';
import { AUTHORIZATION } from './credentials.ts';
import { PING } from './origin.ts';

/** Opens tunnels, has a ping come back through each, and closes them, so many at once, for so long. */
export async function tunnels(given: {
  readonly port: number;
  readonly target: string;
  readonly clients: number;
  readonly ms: number;
}): Promise<{ amount: number; seconds: number }> {
  const { port, target, clients, ms } = given;
  const began = performance.now();
  const until = began + ms;
  let amount = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      await tunnel(port, target);
      amount += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { amount, seconds: (performance.now() - began) / 1000 };
}

function tunnel(port: number, target: string): Promise<void> {
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
      socket.write(PING);
    });
    socket.once('error', reject);
    socket.once('close', () => {
      if (done) resolve();
      else reject(new Error('The proxy closed a tunnel before the ping came back.'));
    });
  });
}
