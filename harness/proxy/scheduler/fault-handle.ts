import type { Strike } from './active-fault.ts';

/** A fault that is on, for whoever switched it on. */
export interface FaultHandle extends Disposable {
  /** Switches it off; what hangs because of it is reset. */
  off(): void;
  /** What the fault has struck until now, oldest first. */
  readonly struck: readonly Strike[];
  /** The proxy's listener is closed while it is on: whatever else leads to the proxy must refuse connections, too. */
  readonly refuses: boolean;
  /** What the proxy does wrong, as one plain sentence. */
  explain(): string;
}
