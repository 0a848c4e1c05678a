import type { Socket } from 'node:net';
import { type PrepareRequestFunction, Server } from 'proxy-chain';

/** proxy-chain's server, behind our gate and not listening itself; it says when it is about to answer by itself. */
export class ObservedServer extends Server {
  readonly #answers: (socket: Socket) => void;

  constructor(prepareRequestFunction: PrepareRequestFunction, answers: (socket: Socket) => void) {
    super({ port: 0, host: '127.0.0.1', prepareRequestFunction });
    this.#answers = answers;
  }

  override sendSocketResponse(socket: Socket, status?: number, headers?: object, message?: string): void {
    this.#answers(socket);
    super.sendSocketResponse(socket, status, headers, message);
  }
}
