import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

const HEAD_END = /\r?\n\r?\n/;
const ANSWER = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok';

/** An origin that reads as little as it can of what it gets, so that it sees whatever a proxy lets through. */
export class RawOrigin implements AsyncDisposable {
  /** What came, a text for each connection. */
  readonly heard: string[] = [];
  /** What it says to the first head on a connection, before it closes. */
  answer: (asked: string) => Buffer = () => Buffer.from(ANSWER);
  /** It answers nothing on a connection before this has come. */
  awaits = '';
  readonly #server: Server;
  readonly #open = new Set<Socket>();

  private constructor() {
    this.#server = createServer((socket) => this.#take(socket));
  }

  static async listen(): Promise<RawOrigin> {
    const origin = new RawOrigin();
    await new Promise<void>((resolve) => origin.#server.listen(0, '127.0.0.1', resolve));
    return origin;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take(socket: Socket): void {
    this.#open.add(socket);
    let text = '';
    let place = -1;
    socket.setEncoding('latin1');
    socket.on('error', () => {});
    socket.once('close', () => this.#open.delete(socket));
    socket.on('data', (part: string) => {
      text += part;
      if (place < 0) place = this.heard.push('') - 1;
      this.heard[place] = text;
      if (!text.includes(this.awaits)) return;
      if (HEAD_END.test(text) && !socket.writableEnded) socket.end(this.answer(text));
    });
  }
}
