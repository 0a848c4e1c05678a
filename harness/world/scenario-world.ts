import { type Clock, machineClock } from '../clock/index.ts';
import type { Engine } from '../containers/index.ts';
import type { Registry } from '../containers/registry/handle.ts';
import type { MockGitlab } from '../gitlab/handle.ts';
import type { Ledger } from '../ledger/index.ts';
import type { ForwardProxy } from '../proxy/handle.ts';
import type { Host } from './host.ts';
import type { WorldSpec } from './spec.ts';
import type { Teardown } from './teardown.ts';
import { type WaitingObserver, Waits } from './waits.ts';
import type { World } from './world.ts';

/** How long peers may still be busy with what a subject sent before it ended, in real milliseconds. */
const LAST_EVENTS_MS = 300;

/** What a world consists of, when all of it is up. */
export interface WorldParts {
  readonly spec: WorldSpec;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly host: Host;
  readonly gitlab: MockGitlab;
  readonly proxy: ForwardProxy | undefined;
  readonly standby: ForwardProxy | undefined;
  readonly docker: Engine | undefined;
  readonly registry: Registry | undefined;
  readonly waiting: WaitingObserver | undefined;
  readonly teardown: Teardown;
}

/** A world as a scenario has it: what it has not declared is not there, and says so. */
export function scenarioWorld(parts: WorldParts): World {
  const { spec, clock, ledger, host, gitlab, proxy, standby, docker, registry, teardown } = parts;
  const waits = new Waits(ledger, clock, parts.waiting);
  const taken = new AbortController();
  return {
    spec,
    clock,
    ledger,
    host,
    gitlab,
    get proxy() {
      return declared(proxy, 'proxy');
    },
    hasProxy: proxy !== undefined,
    get standby() {
      return declared(standby, 'second proxy');
    },
    get docker() {
      return declared(docker, 'Docker engine');
    },
    hasDocker: docker !== undefined,
    get registry() {
      return declared(registry, 'registry');
    },
    gitlabUrl: gitlab.url,
    get evidence() {
      return waits.evidence;
    },
    until: (what, found, limitMs) => waits.until(what, found, limitMs),
    waitFor: (what, found, limitMs) => waits.waitFor(what, found, limitMs),
    watch: (ms, why) => waits.watch(ms, why),
    subjectEnded: (how) => {
      if (ledger.events.some((event) => event.kind === 'act' && event.mark === 'subject-ended')) return;
      ledger.record('harness', { kind: 'act', what: how, mark: 'subject-ended' });
      // What it sent last may still be on its way through the peers.
      machineClock.sleep(LAST_EVENTS_MS, taken.signal).then(
        () => waits.end(),
        () => {},
      );
    },
    mark: (name, what) => {
      ledger.record('harness', { kind: 'act', what, mark: name });
    },
    [Symbol.asyncDispose]: () => {
      taken.abort();
      waits.end();
      return teardown[Symbol.asyncDispose]();
    },
  };
}

function declared<T>(peer: T | undefined, what: string): T {
  if (peer === undefined) throw new Error(`This world has no ${what}: its declaration names none.`);
  return peer;
}
