import stringWidth from 'string-width';
import type { Clock } from '../../clock/index.ts';
import { type CaseOutcome, outcomeNames } from '../../conformance/outcome.ts';
import { marks } from '../marks.ts';
import { printable } from './printable.ts';
import type { Progress, ProgressStream } from './progress.ts';
import { cutColumns } from './text.ts';

/** Milliseconds between two drawings. */
const REDRAW_MS = 100;
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

interface Running {
  readonly id: string;
  readonly since: number;
  what?: string;
  until?: number | undefined;
}

/** Draws what runs, what it waits for and until when, in place; at most ten times a second. */
export function liveProgress(stream: ProgressStream, total: number, clock: Clock): Progress {
  const running = new Map<string, Running>();
  const outcomes = new Map<string, CaseOutcome['outcome']>();
  const began = clock.elapsed();
  const stopped = new AbortController();
  let above = '';
  let shown = '';
  let height = 0;

  const draw = (): void => {
    const lines = frame(
      {
        running: [...running.values()],
        outcomes: [...outcomes.values()],
        total,
        elapsed: clock.elapsed() - began,
        now: clock.now(),
      },
      stream,
    );
    const text = lines.map((line) => `${line}\n`).join('');
    if (text === shown && above === '') return;
    stream.write(`${back(height)}${above}${text}`);
    above = '';
    shown = text;
    height = lines.length;
  };

  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      draw();
      await clock.sleep(REDRAW_MS, stopped.signal);
    }
  };

  // By its id a case counts once, even when an error changes its outcome after its end.
  const take = (outcome: CaseOutcome): void => {
    running.delete(outcome.id);
    outcomes.set(outcome.id, outcome.outcome);
    if (['fail', 'error', 'blocked'].includes(outcome.outcome)) {
      above += `${cutColumns(`${marks[outcome.outcome]} ${outcome.id}: ${printable(outcome.reason)}`, widthOf(stream))}\n`;
    }
  };

  stream.write(HIDE_CURSOR);
  loop().catch(() => {
    // The sleep was ended by stop().
  });
  return {
    started: ({ id }) => {
      running.set(id, { id, since: clock.now() });
    },
    waiting: ({ id }, what, until) => {
      const each = running.get(id);
      if (each) Object.assign(each, { what, until });
    },
    finished: take,
    changed: take,
    stop: () => {
      if (stopped.signal.aborted) return;
      stopped.abort();
      stream.write(`${back(height)}${above}${SHOW_CURSOR}`);
    },
  };
}

interface State {
  readonly running: readonly Running[];
  /** Of the cases that are done. */
  readonly outcomes: readonly CaseOutcome['outcome'][];
  readonly total: number;
  readonly elapsed: number;
  readonly now: number;
}

function frame({ running, outcomes, total, elapsed, now }: State, stream: ProgressStream): string[] {
  const width = widthOf(stream);
  const counts = Map.groupBy(outcomes, (each) => each);
  const tally = outcomeNames.flatMap((name) => {
    const count = counts.get(name)?.length;
    return count === undefined ? [] : [`${marks[name]} ${count} ${name}`];
  });
  const head = `${outcomes.length}/${total} done, ${running.length} running, ${Math.floor(elapsed / 1000)} s   ${tally.join('  ')}`;
  const room = Math.max(1, (stream.rows ?? 24) - 3);
  // Whoever is done last is what a reader waits for, so the longest countdowns come first.
  const order = [...running].sort((a, b) => (b.until ?? 0) - (a.until ?? 0) || a.since - b.since);
  const rows = order.slice(0, room).map((each) => row(each, now, width));
  if (order.length > room) rows.push(`  … and ${order.length - room} more`);
  return [cutColumns(head, width), ...rows];
}

function row({ id, since, what, until }: Running, now: number, width: number): string {
  const when =
    until === undefined
      ? `for ${Math.max(0, Math.floor((now - since) / 1000))} s`
      : `${Math.max(0, Math.ceil((until - now) / 1000))} s left`;
  const text = what === undefined ? `  ${id}  ${when}` : `  ${id}  waits for ${printable(what)}, ${when}`;
  if (stringWidth(text) <= width) return text;
  // The countdown must not be what is cut.
  return `${cutColumns(text.slice(0, -when.length), width - when.length - 1)} ${when}`;
}

/** One less than the terminal has, so that no line ever wraps. */
const widthOf = (stream: ProgressStream): number => Math.max(30, (stream.columns ?? 80) - 1);

const back = (height: number): string => (height > 0 ? `\u001b[${height}A\u001b[0J` : '');
