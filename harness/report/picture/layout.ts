import type { LedgerEvent } from '../../ledger/index.ts';
import type { Lifeline } from './lifeline.ts';
import type { Row } from './row.ts';
import { storyOf } from './rows.ts';
import { type Bounds, type Density, pixelsPerSecond, REPORT_DENSITY, tickSeconds } from './scale.ts';
import { isAnchor, type Wait, waitsOf } from './waits.ts';

/** Where one row stands. */
export interface PlacedRow {
  readonly row: Row;
  readonly y: number;
}

/** A wait as a bar: `height` is to scale unless it is `broken`. */
export interface WaitBar {
  readonly y: number;
  readonly height: number;
  /** Where the wait began, when other rows stand between that and the bar's top. */
  readonly since: number;
  readonly lane: number;
  readonly ms: number;
  readonly label: string;
  readonly who: Wait['who'];
  readonly broken: boolean;
}

/** A tunnel or a fault as a bar along a lifeline. */
export interface SpanBar {
  readonly kind: 'tunnel' | 'fault';
  readonly at: Lifeline;
  readonly label: string;
  readonly y: number;
  readonly height: number;
  readonly lane: number;
}

/** A sequence picture, measured in pixels from its top; columns are the painter's. */
export interface Layout {
  readonly lifelines: readonly Lifeline[];
  readonly rows: readonly PlacedRow[];
  readonly waits: readonly WaitBar[];
  readonly spans: readonly SpanBar[];
  readonly ticks: readonly { readonly y: number; readonly label: string }[];
  readonly height: number;
  readonly pixelsPerSecond: number;
  /** Rows that were left out because there are more than the limit. */
  readonly hidden: number;
}

/** How long silence is drawn at most. */
type SilenceBounds = Readonly<Record<'waits' | 'idle', Bounds>>;

const TOP = 12;
const ARROW = 24;
const NOTE = 15;

/**
 * Lays a case's events out from top to bottom. Silence is drawn to scale; where events follow one another faster than
 * lines of text can, they are spread out, so a distance is never shorter than its time.
 * @param limit how many rows are drawn at most
 */
export function layoutOf(
  events: readonly LedgerEvent[],
  limit = Number.POSITIVE_INFINITY,
  density: Density = REPORT_DENSITY,
): Layout {
  const story = storyOf(events);
  const shown = story.rows.slice(0, limit);
  const waits = waitsOf(shown);
  const telling = [...waits.filter((wait) => wait.who !== 'nobody').map((wait) => wait.ms), ...statedWaits(events)];
  const scale = pixelsPerSecond(telling.length > 0 ? telling : waits.map((wait) => wait.ms), density);
  const bounds = { waits: density.waits, idle: telling.length > 0 ? density.idle : density.waits };
  const { rows, ticks } = place(shown, scale, bounds);
  const bottom = (rows.at(-1)?.y ?? TOP) + 2 * NOTE;
  return {
    lifelines: story.lifelines,
    rows,
    waits: inLanes(
      waits.map((wait) => {
        const since = rows[wait.from]?.y ?? 0;
        const until = rows[wait.to]?.y ?? 0;
        const whole = (wait.ms / 1000) * scale;
        const broken = breaksWithin(rows, wait, scale, bounds);
        const height = broken ? until - since : Math.min(whole, until - since);
        return { y: until - height, height, since, ms: wait.ms, label: wait.label, who: wait.who, broken };
      }),
    ),
    spans: inLanes(
      story.spans.flatMap((span) => {
        const y = yOf(rows, span.fromSeq);
        if (y === undefined) return [];
        const end = span.toSeq === undefined ? undefined : yOf(rows, span.toSeq);
        return [{ kind: span.kind, at: span.at, label: span.label, y, height: Math.max(6, (end ?? bottom) - y) }];
      }),
    ),
    ticks,
    height: bottom + NOTE,
    pixelsPerSecond: scale,
    hidden: story.rows.length - shown.length,
  };
}

/** How long answers said that one should wait, in milliseconds: that must show beside how long one did. */
function statedWaits(events: readonly LedgerEvent[]): number[] {
  return events.flatMap((event) => {
    const ms = event.kind === 'response' && event.planned?.resetAt !== undefined ? event.planned.resetAt - event.t : 0;
    return ms > 0 && ms < 600_000 ? [ms] : [];
  });
}

function place(shown: readonly Row[], scale: number, bounds: SilenceBounds): Pick<Layout, 'rows' | 'ticks'> {
  const rows: PlacedRow[] = [];
  const ticks: { y: number; label: string }[] = [];
  let anchor = { y: TOP, t: shown[0]?.t ?? 0, edge: true };
  let floor = TOP;
  let marked = TOP;
  for (const row of shown) {
    const elapsed = ((row.t - anchor.t) / 1000) * scale;
    const { longest, broken } = anchor.edge || isEdge(row) ? bounds.idle : bounds.waits;
    const distance = elapsed > longest ? broken : elapsed;
    // A mark takes no room: it is a moment, not something that happened, and must not push anything aside.
    const room = row.kind === 'mark' ? 0 : row.kind === 'arrow' ? ARROW : NOTE;
    const y = Math.max(floor + room, anchor.y + distance, marked);
    rows.push({ row, y });
    if (row.kind === 'mark') marked = y;
    else floor = y;
    if (!isAnchor(row)) continue;
    // Ticks stand at the end of the silence, where it touches the event that ended it and is to scale.
    if (elapsed <= longest) ticks.push(...ticksBetween(anchor.t, row.t, y, scale));
    anchor = { y, t: row.t, edge: isEdge(row) };
  }
  // Every row says its own time, and a label must not stand on another.
  const legible = ticks.map((tick) =>
    rows.some(({ row, y }) => row.kind !== 'mark' && Math.abs(y - tick.y) < 13) ? { ...tick, label: '' } : tick,
  );
  return { rows, ticks: legible };
}

function ticksBetween(from: number, to: number, y: number, scale: number): { y: number; label: string }[] {
  const step = tickSeconds(scale) * 1000;
  const ticks: { y: number; label: string }[] = [];
  for (let t = Math.ceil((from + 1) / step) * step; t < to; t += step) {
    const at = y - ((to - t) / 1000) * scale;
    ticks.push({ y: at, label: `${t / 1000} s` });
  }
  return ticks;
}

const isEdge = (row: Row): boolean => row.kind === 'note' && row.edge === true;

function breaksWithin(rows: readonly PlacedRow[], wait: Wait, scale: number, bounds: SilenceBounds): boolean {
  const { longest } = wait.who === 'nobody' ? bounds.idle : bounds.waits;
  let last = rows[wait.from]?.row.t ?? 0;
  for (const { row } of rows.slice(wait.from + 1, wait.to + 1)) {
    if (!isAnchor(row)) continue;
    if (((row.t - last) / 1000) * scale > longest) return true;
    last = row.t;
  }
  return false;
}

function yOf(rows: readonly PlacedRow[], seq: number): number | undefined {
  return rows.find((each) => each.row.seq === seq && each.row.kind !== 'mark')?.y;
}

/** Gives bars that overlap lanes of their own. */
function inLanes<T extends { y: number; height: number; at?: Lifeline }>(bars: readonly T[]): (T & { lane: number })[] {
  const placed: (T & { lane: number })[] = [];
  for (const bar of bars) {
    const beside = placed.filter(
      (other) => other.at === bar.at && other.y < bar.y + bar.height - 1 && bar.y < other.y + other.height - 1,
    );
    let lane = 0;
    while (beside.some((other) => other.lane === lane)) lane++;
    placed.push({ ...bar, lane });
  }
  return placed;
}
