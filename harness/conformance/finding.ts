/** One thing a judge looked at. */
export interface Finding {
  /** `measured` is the answer of a check; it neither holds nor fails. */
  readonly verdict: 'holds' | 'fails' | 'measured';
  /** What the requirement wants, as a sentence without its full stop. */
  readonly expected: string;
  /** What the ledger shows, likewise. */
  readonly observed: string;
  /** Sequence numbers of the events that show it. */
  readonly evidence: readonly number[];
}
