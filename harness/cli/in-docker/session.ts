import type { Terminal } from '../exit.ts';
import type { UserEngine } from './engine/engine.ts';
import type { StopRequest } from './stop-request.ts';

/** What everything that happens in a user's engine has in common. */
export interface Session {
  readonly engine: UserEngine;
  /** The label of the run, which all its containers bear. */
  readonly run: string;
  readonly terminal: Terminal;
  readonly stop: StopRequest;
  /** What programs inside are told by their environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Tells the user, on standard error. */
  readonly say: (line: string) => void;
}
