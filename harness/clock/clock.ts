/** Gives back what was taken; calling it again does nothing. */
export type Release = () => void;

/** Something under way, or what begins it; the signal tells it that nobody waits for it any more. */
export type Work<T> = PromiseLike<T> | ((givenUp: AbortSignal) => PromiseLike<T>);

/** What else a wait may have. */
export interface WithinOptions<T> {
  /** Ends the wait early, with its reason. */
  readonly signal?: AbortSignal;
  /** Gets what comes when nobody waits for it any more, such as a socket that has to be closed. */
  readonly discard?: (value: T) => void;
}

/** What else a wait may have that looks again and again. */
export interface UntilOptions {
  /** Ends the wait early, with its reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds between two looks; 40 by default. */
  readonly everyMs?: number;
}

/**
 * The only source of time in Proxyproof. A real subject lives in real time; the reference runner lives in simulated
 * time, in which a wait of minutes costs nothing. Peers and scenarios cannot tell which one they have.
 */
export interface Clock {
  readonly kind: 'real' | 'simulated';

  /** The time of day, in milliseconds since the epoch. */
  now(): number;

  /** Milliseconds since this clock was made; never goes back. */
  elapsed(): number;

  /**
   * Waits.
   * @param ms how long, in milliseconds; zero or less resolves at the next turn
   * @param signal ends the wait early
   * @throws the signal's reason, when it aborts
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;

  /**
   * Waits for something, with a limit. What fails after the limit fails unnoticed.
   * @param limitMs in milliseconds of this clock
   * @param late completes the sentence "waited for …", or makes the error
   * @throws LimitError, or the error that `late` makes, when the limit has passed; the signal's reason when it aborts
   */
  within<T>(limitMs: number, late: string | (() => Error), work: Work<T>, options?: WithinOptions<T>): Promise<T>;

  /**
   * Looks again and again until something is there: for what tells nobody when it is ready.
   * @param limitMs in milliseconds of this clock
   * @param late completes the sentence "waited for …", or makes the error
   * @param look gives anything but undefined when it is there; what it throws ends the wait
   * @throws LimitError, or the error that `late` makes, when the limit has passed, be it in the middle of a look
   */
  until<T>(
    limitMs: number,
    late: string | (() => Error),
    look: () => T | undefined | Promise<T | undefined>,
    options?: UntilOptions,
  ): Promise<T>;

  /**
   * Says that something real is under way (a request is out, a program runs), so simulated time must stand still.
   * On a real clock it does nothing.
   */
  hold(): Release;

  /**
   * Says that a server makes a client wait on purpose, so one `hold` no longer counts and simulated time may pass.
   * On a real clock it does nothing.
   */
  withhold(): Release;
}
