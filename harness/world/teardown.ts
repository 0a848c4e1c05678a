import { machineClock } from '../clock/index.ts';

/** How long one step of taking a world down may take, in real milliseconds. */
const STEP_LIMIT_MS = 20_000;

/**
 * Takes down in reverse order what was put up, every step within its limit. A step that fails does not keep the
 * others from being done.
 */
export class Teardown implements AsyncDisposable {
  readonly #stack = new AsyncDisposableStack();
  readonly #failures: Error[] = [];
  readonly #whole: string;

  /** @param whole what is taken down, as the error names it: `the world of polling/job-lifecycle` */
  constructor(whole: string) {
    this.#whole = whole;
  }

  /** @param name completes the sentence "could not stop …" */
  step(name: string, down: () => PromiseLike<void> | void): void {
    this.#stack.defer(async () => {
      try {
        const late = (): Error => new Error(`it took more than ${STEP_LIMIT_MS} ms`);
        await machineClock.within(STEP_LIMIT_MS, late, Promise.resolve(down()));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.#failures.push(new Error(`could not stop ${name}: ${reason}`, { cause: error }));
      }
    });
  }

  /** @throws AggregateError that names every step that failed */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
    if (this.#failures.length === 0) return;
    const failures = this.#failures.splice(0);
    const reasons = failures.map((each) => each.message).join('; ');
    throw new AggregateError(failures, `${this.#whole} was not taken down whole: ${reasons}.`);
  }
}

/**
 * Declares how to take something down before it is up, so that it is taken down even if another part fails meanwhile.
 * @param name completes the sentence "could not stop …"
 */
export function up<T extends AsyncDisposable>(teardown: Teardown, name: string, starting: Promise<T>): Promise<T> {
  teardown.step(name, async () => (await starting.catch(() => undefined))?.[Symbol.asyncDispose]());
  return starting;
}
