import { brokenInvariants } from '../../../conformance/invariants/index.ts';
import { Evidence } from '../../../ledger/index.ts';
import type { Reproduction } from '../../../reproduce/index.ts';

/** What a runner did that no change of the customer's mends, and that no runner may do. */
export interface RunnerBug {
  /** What should be, as a sentence without its full stop. */
  readonly expected: string;
  /** What was recorded, likewise. */
  readonly observed: string;
  /** Sequence numbers of the events that show it. */
  readonly evidence: readonly number[];
}

/** Whose failures are the runner's: its own requests, its helper's, and git, which the helper gives its proxy. */
const OF_RUNNER: ReadonlySet<string> = new Set(['runner', 'register', 'helper', 'git']);

/**
 * The bug of a runner that is the cause of a case, if one is: the runner or its helper failed, every remedy that is known and every file as
 * on the page was tried and mends nothing, and what was recorded breaks an invariant. The reference runner is no customer's: it has none,
 * but for a mutant of it.
 */
export function runnerBug({ trial, proof, events, subject }: Reproduction): RunnerBug | undefined {
  const { failed } = trial;
  if (!failed || !proof || proof.proved.length > 0 || subject.path === 'reference') return undefined;
  if (!OF_RUNNER.has(failed.failure.who)) return undefined;
  const [from, until] = failed.span;
  const evidence = new Evidence(events.filter(({ seq }) => seq > from && seq < until));
  const [broken] = brokenInvariants(evidence, true, {
    // What came to an origin by itself is of a host that this network has open.
    direct: [{ what: /^(?:gitlab|registry) [A-Z]/, why: 'NO_PROXY has it' }],
    requests: Number.POSITIVE_INFINITY,
  });
  if (!broken) return undefined;
  const { expected, observed, evidence: shown } = broken;
  return { expected, observed, evidence: shown };
}
