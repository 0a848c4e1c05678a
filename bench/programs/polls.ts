import { connect, type Socket } from 'node:net';

/** How many connections are opened at once. */
const AT_ONCE = 100;

let answers: Promise<number>[] = [];

/** Opens so many connections and sends a request on each; resolves when all have been sent. */
export async function holdPolls(given: {
  readonly port: number;
  readonly request: string;
  readonly count: number;
}): Promise<void> {
  answers = [];
  while (answers.length < given.count) {
    const sockets = Array.from({ length: Math.min(AT_ONCE, given.count - answers.length) }, () => hold(given));
    const opened = await Promise.all(sockets);
    answers.push(...opened.map(({ answered }) => answered));
  }
}

/** Waits for the answers to all of them. @returns when the last one came, by the time of day */
export async function releasedPolls(): Promise<{ lastAt: number; count: number }> {
  const times = await Promise.all(answers);
  return { lastAt: Math.max(...times), count: times.length };
}

async function hold({ port, request }: { port: number; request: string }): Promise<{ answered: Promise<number> }> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  promise.catch(() => {});
  const socket = await new Promise<Socket>((opened, failed) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => opened(socket));
    socket.once('error', failed);
  });
  socket.once('error', reject);
  socket.once('close', () => reject(new Error('The server closed a connection without an answer.')));
  socket.once('data', (data) => {
    if (data.toString('latin1').startsWith('HTTP/1.1 204 ')) resolve(Date.now());
    else reject(new Error(`The answer was: ${data.toString('latin1')}`));
    socket.destroy();
  });
  await new Promise((sent) => socket.write(request, sent));
  return { answered: promise };
}
