import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { machineClock } from '../../clock/index.ts';
import type { ConnectRequest, HolderMessage } from './holder.ts';

/** How long a connection inside a namespace may take, in real milliseconds: everything there is on this machine. */
const CONNECT_LIMIT_MS = 10_000;

/** Opens connections inside a namespace, by a program that visits it for as long as they are asked for. */
export class Visitor implements Disposable {
  readonly #program: ChildProcess;
  readonly #ended: Promise<never>;
  #asked = 0;

  /** @param program the holder program, ready to be asked */
  constructor(program: ChildProcess) {
    this.#program = program;
    this.#ended = once(program, 'exit').then(() => {
      throw new Error('the program in the namespace that opens connections has ended');
    });
    this.#ended.catch(() => {});
  }

  /** @throws an error with the code that the system gives inside, such as ECONNREFUSED */
  async connect(host: string, port: number): Promise<Socket> {
    const request: ConnectRequest = { connect: ++this.#asked, host, port };
    const answered = Promise.withResolvers<Socket>();
    const onMessage = (message: unknown, socket: unknown): void => {
      const said = message as HolderMessage;
      if (!('connected' in said) || said.connected !== request.connect) return;
      if (said.refused) {
        const { message: why, code } = said.refused;
        answered.reject(Object.assign(new Error(why), { code, syscall: 'connect', address: host, port }));
      } else if (socket instanceof Socket) answered.resolve(socket);
      else answered.reject(new Error(`the connection to ${host}:${port} did not arrive with its message`));
    };
    this.#program.on('message', onMessage);
    this.#program.send(request);
    const late = (): Error =>
      Object.assign(new Error(`connect ETIMEDOUT ${host}:${port}`), { code: 'ETIMEDOUT', syscall: 'connect' });
    try {
      return await machineClock.within(CONNECT_LIMIT_MS, late, Promise.race([answered.promise, this.#ended]));
    } finally {
      this.#program.off('message', onMessage);
    }
  }

  [Symbol.dispose](): void {
    if (this.#program.connected) this.#program.disconnect();
  }
}
