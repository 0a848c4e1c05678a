import { check, duration, type Finding } from '../../conformance/authoring.ts';
import type { EventOf, Exchange } from '../../ledger/index.ts';
import { DEFAULT_INTERVAL_LIMIT_MS, RESET_RESOLUTION_MS, RESET_TOLERANCE_MS } from './limits.ts';

/** When a request must come again, and how long it was watched for. Times as in the ledger. */
interface AgainWindow {
  readonly from: number;
  readonly to: number;
  readonly why: string;
  readonly watchedUntil: number;
  /** How the job ended that makes the request: after that nobody watches for it any more. */
  readonly over?: EventOf<'job'> | undefined;
}

/** That a request comes again, and when: not before `from`, at most the tolerance after `to`. */
export function comesAgain(limited: Exchange, again: Exchange | undefined, window: AgainWindow): Finding {
  const answered = limited.answered ?? limited.arrived;
  const expected = `the request comes again ${window.why}, ${duration(Math.max(0, window.from - answered))} to ${duration(window.to - answered)} after the ${limited.status}`;
  if (!again) {
    const { over } = window;
    const isOver = over !== undefined && over.t >= answered;
    const until = isOver
      ? `: ${duration(over.t - answered)} after the ${limited.status} the job was reported as ${over.state ?? 'over'}, without it`
      : ` in the ${duration(window.watchedUntil - answered)} watched`;
    return check(false, expected, `it did not come again${until}`, limited, ...(isOver ? [over] : []));
  }
  const holds = again.arrived >= window.from && again.arrived <= window.to;
  return check(
    holds,
    expected,
    `it came again ${duration(again.arrived - answered)} after the ${limited.status}`,
    limited,
    again,
  );
}

/**
 * That a request comes again when the stated time has come, where GitLab's clock is another than the subject's: the subject may go
 * by either. A time that has passed by its own clock is like any that is past: it may come at once, or after a default interval.
 * @param aheadMs how much later it is at GitLab's, in milliseconds
 */
export function comesAgainByAClock(
  limited: Exchange,
  again: Exchange | undefined,
  aheadMs: number,
  watched: Pick<AgainWindow, 'watchedUntil' | 'over'>,
): Finding {
  const answered = limited.answered ?? limited.arrived;
  const { from, to, why } = untilReset(limited);
  const past = from + aheadMs < answered;
  if (past) {
    const window = withinWait(
      limited,
      { least: 0, most: DEFAULT_INTERVAL_LIMIT_MS },
      'at once, or after a default interval',
    );
    return comesAgain(limited, again, { ...window, ...watched });
  }
  const byOwn = { from: from + aheadMs, to: to + aheadMs, why: `${why} by the clock of the runner`, ...watched };
  const byGitlab = { from, to, why: `${why} by GitLab's clock`, ...watched };
  return comesAgain(limited, again, again && again.arrived <= to ? byGitlab : byOwn);
}

/** The window of a valid reset time. */
export function untilReset(limited: Exchange): { from: number; to: number; why: string } {
  const resetAt = limited.planned?.resetAt ?? Number.NaN;
  return {
    from: resetAt - RESET_RESOLUTION_MS,
    to: resetAt + RESET_TOLERANCE_MS,
    why: 'when the stated time has come',
  };
}

/** The window of a wait that has a length. */
export function afterWait(limited: Exchange, ms: number, why: string): { from: number; to: number; why: string } {
  const answered = limited.answered ?? limited.arrived;
  return { from: answered + ms - RESET_RESOLUTION_MS, to: answered + ms + RESET_TOLERANCE_MS, why };
}

/** The window of a wait whose length the page leaves open. */
export function withinWait(
  limited: Exchange,
  { least, most }: { least: number; most: number },
  why: string,
): { from: number; to: number; why: string } {
  const answered = limited.answered ?? limited.arrived;
  return { from: answered + least, to: answered + most, why };
}
