import type { ServerResponse } from 'node:http';
import { GuardedWriter } from '../scheduler/guarded-writer.ts';
import type { StreamGuard } from '../scheduler/stream-guard.ts';

/** A response whose body passes a guard: what a forwarder needs of a ServerResponse, and nothing else. */
export class GuardedResponse extends GuardedWriter {
  readonly #response: ServerResponse;
  readonly writeHead: ServerResponse['writeHead'];

  constructor(guard: StreamGuard, response: ServerResponse) {
    super(guard, response);
    this.#response = response;
    this.writeHead = ((...args: Parameters<ServerResponse['writeHead']>) => {
      response.writeHead(...args);
      return this;
    }) as unknown as ServerResponse['writeHead'];
  }

  get headersSent(): boolean {
    return this.#response.headersSent;
  }

  get statusCode(): number {
    return this.#response.statusCode;
  }

  set statusCode(status: number) {
    this.#response.statusCode = status;
  }

  setHeader(name: string, value: string): this {
    this.#response.setHeader(name, value);
    return this;
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // A forwarder destroys its response when the origin's breaks off: the client must see that.
    if (error) this.#response.destroy();
    done();
  }
}
