import type { ServerResponse } from 'node:http';
import type { Secrets } from '../../ledger/index.ts';
import { newToken } from '../new-token.ts';
import { exchangeOf } from '../recording/index.ts';
import { refuse } from '../replies/index.ts';

/** A runner that is registered. */
export interface RegisteredRunner {
  readonly id: number;
  readonly token: string;
}

/** The runners that are registered, by their tokens. */
export class RunnerTokens {
  readonly #runners = new Map<string, RegisteredRunner>();
  readonly #secrets: Secrets;
  #lastId = 0;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  register(): RegisteredRunner {
    return this.#add(++this.#lastId);
  }

  find(token: string): RegisteredRunner | undefined {
    return this.#runners.get(token);
  }

  byId(id: number): RegisteredRunner | undefined {
    return [...this.#runners.values()].find((runner) => runner.id === id);
  }

  remove(runner: RegisteredRunner): void {
    this.#runners.delete(runner.token);
  }

  /** Gives a runner another token; the one it had is void from now on. */
  reset(runner: RegisteredRunner): RegisteredRunner {
    this.remove(runner);
    return this.#add(runner.id);
  }

  /**
   * Finds the runner that a request speaks for, or answers 403. The token in the body decides; a token in a header,
   * which depends on the runner's version, is flagged when it is another one.
   */
  authorize(res: ServerResponse, token: string): RegisteredRunner | undefined {
    const runner = this.find(token);
    if (!runner) {
      refuse(res, 403, `The token of this ${exchangeOf(res).kind} request is no runner's token.`);
      return undefined;
    }
    for (const name of ['runner-token', 'private-token']) {
      const other = res.req.headers[name];
      if (other !== undefined && other !== token) {
        exchangeOf(res).flag(`The header ${name} has another token than the body.`);
      }
    }
    return runner;
  }

  #add(id: number): RegisteredRunner {
    const runner = { id, token: newToken(this.#secrets, 'runner-token', 'glrt-') };
    this.#runners.set(runner.token, runner);
    return runner;
  }
}
