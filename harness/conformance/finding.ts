/** One thing a judge looked at. */
export interface Finding {
  /**
   * `measured` is the answer of a check; it neither holds nor fails. `blocked`: what had to come first did not happen,
   * so the question could not be put.
   */
  readonly verdict: 'holds' | 'fails' | 'measured' | 'blocked';
  /** What the requirement wants, as a sentence without its full stop. */
  readonly expected: string;
  /** What the ledger shows, likewise. */
  readonly observed: string;
  /** Sequence numbers of the events that show it. */
  readonly evidence: readonly number[];
  /** It is an invariant that fails here: the case fails, whatever its level. */
  readonly invariant?: true;
  /** Why a measured answer may be another one in the next run of the same subject, as half a sentence. */
  readonly varies?: string;
}

/** Something in the ledger that a finding can point to. */
interface Witness {
  readonly evidence?: readonly number[];
  readonly seq?: number;
}

/** The sequence numbers of exchanges and events, in order and once each. */
export function evidenceOf(...witnesses: readonly (Witness | undefined)[]): number[] {
  const seqs = new Set<number>();
  for (const witness of witnesses) {
    if (witness?.seq !== undefined) seqs.add(witness.seq);
    for (const seq of witness?.evidence ?? []) seqs.add(seq);
  }
  return [...seqs].sort((a, b) => a - b);
}

/** A finding that holds or fails. */
export function check(
  holds: boolean,
  expected: string,
  observed: string,
  ...witnesses: (Witness | undefined)[]
): Finding {
  return { verdict: holds ? 'holds' : 'fails', expected, observed, evidence: evidenceOf(...witnesses) };
}

/** The answer of a check. */
export function measured(asked: string, answer: string, ...witnesses: (Witness | undefined)[]): Finding {
  return { verdict: 'measured', expected: asked, observed: answer, evidence: evidenceOf(...witnesses) };
}

/**
 * A measured answer with what is known to make it another one in every run: when two runs are compared, it is no change.
 * @param because as half a sentence: `it depends on when the parent dies`
 */
export function varying(because: string, finding: Finding): Finding {
  return { ...finding, varies: because };
}

/** What had to come first did not happen. */
export function blocked(needed: string, observed: string, ...witnesses: (Witness | undefined)[]): Finding {
  return { verdict: 'blocked', expected: needed, observed, evidence: evidenceOf(...witnesses) };
}

/** Milliseconds as a report prints them: `3.02 s`, `60.0 s`, `5 min 0 s`. */
export function duration(ms: number): string {
  if (ms < 0) return `-${duration(-ms)}`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
