import type { Level } from '../conformance/level.ts';
import type { Outcome } from '../conformance/outcome.ts';

/** A sign for each outcome, so that a reader needs no colour. */
export const marks: Readonly<Record<Outcome, string>> = {
  pass: '✓',
  fail: '✗',
  warn: '!',
  info: 'i',
  skip: '–',
  blocked: '⊘',
  error: 'E',
};

/** What each outcome means, for a legend. */
export const meanings: Readonly<Record<Outcome, string>> = {
  pass: 'the requirement holds',
  fail: 'a required one does not hold',
  warn: 'a recommended one does not hold',
  info: 'a measured answer, neither right nor wrong',
  skip: 'something it needs is absent',
  blocked: 'what it depends on failed',
  error: 'the harness broke; no fault of the subject',
};

export const levels: Readonly<Record<Level, string>> = { R: 'required', O: 'recommended', C: 'check' };
