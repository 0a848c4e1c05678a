import type { ImageName } from '../spec.ts';

/** A machine with systemd, Docker, cntlm and a runner as services. */
export interface HostSpec {
  /** Its name in the ledger; `host` by default. */
  readonly name?: string;
  /** What puts the runner there; without it the unit is there and finds no program. */
  readonly installation?: {
    readonly volumes: readonly string[];
    readonly programs?: Readonly<Record<string, string>>;
  };
  /** Files that are there before it boots: absolute path to content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Images of the engine that its own Docker has from the start, by the engine's references; none by default. */
  readonly images?: readonly ImageName[];
}
