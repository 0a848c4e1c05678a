import type { Evidence } from '../../ledger/index.ts';

/** Something that would break an invariant, were it not a part of what a scenario asks. */
export interface Allowed {
  /** What it looks like in the record: a connection as `host:port detail`, a flag as its sentence. */
  readonly what: RegExp;
  /** Whose it is, or when and why it is right, as half a sentence for a reader of the scenario. */
  readonly why: string;
  /** Only until this mark; to the end by default. */
  readonly until?: string;
}

/** What a scenario allows that is a failure everywhere else; see the register's invariants. */
export interface Allowances {
  /** Connections around the proxy. */
  readonly direct?: readonly Allowed[];
  /** Requests that break the protocol. */
  readonly flags?: readonly Allowed[];
  /** Requests of one kind that may reach GitLab within 10 s; 60 by default. */
  readonly requests?: number;
}

/** Whether a scenario allows what an event shows. @param seq the event's place in the ledger */
export function isAllowed(allowed: readonly Allowed[], evidence: Evidence, seq: number, what: string): boolean {
  return allowed.some(
    (each) =>
      each.what.test(what) &&
      (each.until === undefined || seq < (evidence.mark(each.until)?.seq ?? Number.POSITIVE_INFINITY)),
  );
}
