/** Gives back what was taken; calling it again does nothing. */
export type Release = () => void;

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
   * Says that something real is under way (a request is out, a program runs), so simulated time must stand still.
   * On a real clock it does nothing.
   */
  hold(): Release;

  /**
   * Says that a peer keeps somebody waiting on purpose, so one `hold` no longer counts and simulated time may pass.
   * On a real clock it does nothing.
   */
  withhold(): Release;
}
