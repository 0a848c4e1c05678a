import type { Clock } from '../clock/index.ts';
import type { Engine } from '../containers/handle.ts';
import type { Registry } from '../containers/registry/handle.ts';
import type { MockGitlab } from '../gitlab/handle.ts';
import type { Evidence, Ledger } from '../ledger/index.ts';
import type { ForwardProxy } from '../proxy/handle.ts';
import type { SubjectHost } from '../runner/subject.ts';
import type { WorldSpec } from './spec.ts';

/** The peers and networks of one case, up and running. Disposing takes it down in reverse order. */
export interface World extends AsyncDisposable {
  readonly spec: WorldSpec;
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** Where the subject lives. */
  readonly host: SubjectHost;
  readonly gitlab: MockGitlab;
  /** @throws Error when the declaration has no proxy */
  readonly proxy: ForwardProxy;
  readonly hasProxy: boolean;
  /** The second proxy. @throws Error when the declaration has none */
  readonly standby: ForwardProxy;
  /** @throws Error when the declaration has no Docker engine */
  readonly docker: Engine;
  readonly hasDocker: boolean;
  /** @throws Error when the declaration has no registry */
  readonly registry: Registry;
  /**
   * GitLab's base URL as the subject is given it: by name behind a proxy, and by whatever reaches it without one.
   */
  readonly gitlabUrl: string;
  /** What has been recorded so far. */
  readonly evidence: Evidence;

  /**
   * Waits until the record shows something.
   * @param what completes the sentence "waited for …"
   * @param found looks for it; anything but undefined and false ends the wait
   * @param limitMs on the world's clock
   * @throws Error that names what was waited for, when the limit has passed
   */
  until<T>(what: string, found: (evidence: Evidence) => T | undefined | false, limitMs: number): Promise<T>;

  /** The same, but gives undefined when the limit has passed: for what a broken subject may never do. */
  waitFor<T>(
    what: string,
    found: (evidence: Evidence) => T | undefined | false,
    limitMs: number,
  ): Promise<T | undefined>;

  /** Watches for a while, and records how long, so that a judge can say so. */
  watch(ms: number, why: string): Promise<void>;

  /**
   * Says that the subject is gone, so nothing more can be seen: waits under way and to come end soon.
   * @param how a sentence for the record
   */
  subjectEnded(how: string): void;

  /** Marks a moment for the judge. */
  mark(name: string, what: string): void;
}
