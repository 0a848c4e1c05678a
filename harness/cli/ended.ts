import type { Case } from '../conformance/index.ts';
import { Interrupted, STOPPED_BY } from './interruption.ts';
import { TimeIsUp } from './max-time.ts';

/**
 * Why a run ended before it was complete, as half a sentence; undefined when it is.
 * @throws what else ended it
 */
export function whyEnded({ aborted, reason }: AbortSignal): string | undefined {
  if (!aborted) return undefined;
  if (reason instanceof Interrupted) return `the run was ended by ${STOPPED_BY[reason.by]}`;
  if (reason instanceof TimeIsUp) return '--max-time ran out';
  throw reason;
}

/** The ids of the cases that have no outcome. */
export function left(selected: readonly Case[], outcomes: readonly { readonly id: string }[]): readonly string[] {
  const done = new Set(outcomes.map(({ id }) => id));
  return selected.map(({ id }) => id).filter((id) => !done.has(id));
}

/** Where the report of an ended run is. */
export const reportSentence = (directory: string): string =>
  `Everything it started is stopped. The report of what ran is in ${directory}; proxyproof recheck takes it.`;
