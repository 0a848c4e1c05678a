import type { LedgerEvent } from '../../ledger/index.ts';
import { type Layout, layoutOf, type PlacedRow, type SpanBar, type WaitBar } from './layout.ts';
import type { Lifeline } from './lifeline.ts';
import { cut, escapeHtml } from './markup.ts';
import { moment, seconds } from './phrase.ts';
import type { ArrowRow, NoteRow } from './row.ts';
import { type Density, REPORT_DENSITY } from './scale.ts';

/** A sequence picture as SVG text: the names of the lifelines apart, so that they can stay in view. */
export interface Painted {
  readonly head: string;
  readonly body: string;
  readonly layout: Layout;
}

/** How a picture spells what every picture has. */
export interface Spelling {
  /** The time of a row, in at most ten characters: there is no room for more. */
  readonly time: (ms: number) => string;
  /** The same as whole as it is known, for the tooltip. */
  readonly moment: (ms: number) => string;
  readonly name: (of: Lifeline) => string;
  /** Whether silence has ticks, which say seconds since the case began. */
  readonly ticks: boolean;
}

const USUAL: Spelling = { time: moment, moment, name: (of) => of, ticks: true };

/** Where things stand when there is room, in pixels. */
const WIDE = { subject: 212, spelled: true };
/** On a telephone, and where a picture stands beside another, lifelines are closer, and a wait says its length alone: its colour says who waited. */
const NARROW: Measures = { subject: 150, least: 104, spelled: false };
/** From which room on a picture is wide. */
const WIDE_FROM = 560;
/** How far lifelines are apart at most; what room is left then is for the labels at the right. */
const MOST = 460;
/** Right of the last lifeline. */
const RIGHT = { least: 60, usual: 170 };
/** Width of a character of the labels at most, in pixels; what is cut is whole in the tooltip. */
const CHARACTER = 6.75;
const LANE = 20;

interface Measures {
  /** Where the first lifeline stands: left of it are times and waits. */
  readonly subject: number;
  /** How far lifelines are apart at least. */
  readonly least: number;
  /** Whether a wait says in words what it is. */
  readonly spelled: boolean;
}

/** Where things stand from left to right. */
interface Columns extends Measures {
  readonly x: (at: Lifeline) => number;
  readonly width: number;
}

/**
 * Paints a case's events.
 * @param evidence sequence numbers to point out: the evidence of what failed
 * @param limit how many rows are drawn at most
 * @param room how wide the picture may be, in pixels; it is wider only where its lifelines need that
 * @param density how much room silence is given
 */
export function paint(
  events: readonly LedgerEvent[],
  evidence: readonly number[],
  limit: number,
  room: number,
  density: Density = REPORT_DENSITY,
  spelling: Spelling = USUAL,
): Painted {
  const layout = layoutOf(events, limit, density);
  const columns = columnsOf(layout.lifelines, room, density);
  const { x, width } = columns;
  const pointed = new Set(evidence);
  const svg = (height: number, content: string, role: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ${role}>${content}</svg>`;
  const names = layout.lifelines
    .map(
      (each) =>
        `<g class="name ${each}"><rect x="${x(each) - 46}" y="3" width="92" height="22" rx="4"/><text x="${x(each)}" y="18" text-anchor="middle">${spelling.name(each)}</text></g>`,
    )
    .join('');
  const lines = layout.lifelines
    .map((each) => `<line class="lifeline ${each}" x1="${x(each)}" x2="${x(each)}" y1="0" y2="${layout.height}"/>`)
    .join('');
  const parts = [
    ...layout.rows
      .filter(({ row }) => row.kind !== 'mark' && pointed.has(row.seq))
      .map((each) => highlight(each, width)),
    ...(spelling.ticks ? layout.ticks : []).map(
      (tick) =>
        `<g class="tick"><line x1="66" x2="72" y1="${fixed(tick.y)}" y2="${fixed(tick.y)}"/>${tick.label === '' ? '' : `<text x="62" y="${fixed(tick.y + 3.5)}" text-anchor="end">${tick.label}</text>`}</g>`,
    ),
    lines,
    ...layout.spans.map((bar) => spanBar(bar, x(bar.at))),
    ...layout.waits.map((bar) => waitBar(bar, columns)),
    ...layout.rows.map((each) => paintRow(each, columns, spelling)),
  ];
  return {
    head: svg(28, names, `role="img" aria-label="Who takes part: ${layout.lifelines.map(spelling.name).join(', ')}"`),
    body: svg(Math.ceil(layout.height), parts.join(''), 'role="group" aria-label="What happened, from top to bottom"'),
    layout,
  };
}

function columnsOf(lifelines: readonly Lifeline[], room: number, density: Density): Columns {
  const wide: Measures = { ...WIDE, least: density.apart };
  const gaps = Math.max(1, lifelines.length - 1);
  const fits = room >= wide.subject + gaps * wide.least + RIGHT.least;
  const measures = room < WIDE_FROM || !fits ? NARROW : wide;
  const { subject, least } = measures;
  const apart = Math.floor(Math.min(MOST, Math.max(least, (room - subject - RIGHT.usual) / gaps)));
  const places = new Map(lifelines.map((each, index) => [each, subject + index * apart]));
  return {
    ...measures,
    x: (at) => places.get(at) ?? subject,
    width: Math.max(Math.floor(room), subject + gaps * apart + RIGHT.least),
  };
}

function highlight({ row, y }: PlacedRow, width: number): string {
  const top = row.kind === 'arrow' ? y - 17 : y - 11;
  const height = row.kind === 'arrow' ? 22 : 15;
  return `<g class="evidence"><rect x="0" y="${fixed(top)}" width="${width}" height="${height}"/><text x="4" y="${fixed(y + 1)}">◆</text></g>`;
}

function waitBar(bar: WaitBar, { subject, spelled }: Columns): string {
  const x = subject - 14 - bar.lane * LANE;
  const middle = bar.y + bar.height / 2;
  const stem =
    bar.y - bar.since > 1
      ? `<line class="stem" x1="${x}" x2="${x}" y1="${fixed(bar.since)}" y2="${fixed(bar.y)}"/>`
      : '';
  const mark = bar.broken
    ? `<path class="break" d="M${x - 10} ${fixed(middle + 12)}l20 -7M${x - 10} ${fixed(middle + 18)}l20 -7"/>`
    : '';
  const whole = bar.broken ? `${bar.label} (shortened)` : bar.label;
  const label = spelled ? whole : seconds(bar.ms);
  return `<g class="wait ${bar.who}${bar.broken ? ' broken' : ''}" data-ms="${bar.ms}"><title>${escapeHtml(whole)}</title>${stem}<rect x="${x - 5}" y="${fixed(bar.y)}" width="10" height="${fixed(bar.height)}" rx="2"/>${mark}<text x="${x - 11}" y="${fixed(middle + 4)}" text-anchor="end">${escapeHtml(label)}</text></g>`;
}

function spanBar(bar: SpanBar, lifeline: number): string {
  const x = lifeline + (bar.kind === 'tunnel' ? -5 + bar.lane * 7 : 9 + bar.lane * 9);
  const width = bar.kind === 'tunnel' ? 10 : 7;
  return `<g class="${bar.kind}"><title>${escapeHtml(bar.label)}</title><rect x="${x}" y="${fixed(bar.y)}" width="${width}" height="${fixed(bar.height)}" rx="3"/></g>`;
}

function paintRow(
  { row, y }: PlacedRow,
  columns: Columns,
  { time: short, moment: whole, name: named }: Spelling,
): string {
  const { width, subject } = columns;
  if (row.kind === 'mark') {
    return `<g class="mark"><line x1="${subject}" x2="${width - 132}" y1="${fixed(y)}" y2="${fixed(y)}"/><text x="${width - 126}" y="${fixed(y + 3.5)}">${escapeHtml(row.label)}</text></g>`;
  }
  const time = `<text class="time" x="62" y="${fixed(y + 3.5)}" text-anchor="end">${short(row.t)}</text>`;
  const drawn = row.kind === 'arrow' ? arrow(row, y, columns) : note(row, y, columns);
  const who =
    row.kind === 'arrow' ? `${named(row.from)} to ${named(row.to)}` : row.at === 'harness' ? row.at : named(row.at);
  // The title is the tooltip, and the name by which a screen reader calls the row.
  const name = `<title>${escapeHtml(`${whole(row.t)}, ${who}: ${row.label}`)}</title>`;
  return `<g class="row ${row.kind} ${row.tone}" data-seq="${row.seq}" role="button" tabindex="-1">${name}<rect class="touch" x="0" y="${fixed(y - 12)}" width="${width}" height="15"/>${time}${drawn}</g>`;
}

function arrow(row: ArrowRow, y: number, { x, width }: Columns): string {
  const from = x(row.from);
  const to = x(row.to);
  const right = to > from;
  const tip = right ? -1 : 1;
  const head = `<path d="M${to} ${fixed(y)}l${9 * tip} -4.5v9z"/>`;
  const line = `<line${row.answer ? ' class="answer"' : ''} x1="${from}" x2="${to + 6 * tip}" y1="${fixed(y)}" y2="${fixed(y)}"/>`;
  // An answer's label ends where it comes from. One that is too long begins at the left, and may go beyond its arrow.
  const fits = row.label.length <= Math.floor((Math.abs(to - from) - 26) / CHARACTER);
  const left = Math.min(from, to) + 14;
  const label = escapeHtml(cut(row.label, roomFor(width - left)));
  const place = right || !fits ? `x="${left}"` : `x="${from - 14}" text-anchor="end"`;
  return `${line}${head}<text ${place} y="${fixed(y - 5)}">${label}</text>`;
}

function note(row: NoteRow, y: number, { x, width, subject }: Columns): string {
  const at = y + 3.5;
  if (row.at === 'harness') {
    const label = escapeHtml(cut(row.label, roomFor(width - subject - 20)));
    return `<line class="step" x1="${subject - 60}" x2="${width}" y1="${fixed(y)}" y2="${fixed(y)}"/><text class="step" x="${subject + 20}" y="${fixed(at)}">${label}</text>`;
  }
  const stands = x(row.at);
  const [before, after] = [roomFor(stands - subject), roomFor(width - stands - 20)];
  const dot = `<circle cx="${stands}" cy="${fixed(y)}" r="3"/>`;
  // A remark at the last lifeline stands left of it where there is more room.
  return row.label.length > after && before > after
    ? `${dot}<text x="${stands - 20}" y="${fixed(at)}" text-anchor="end">${escapeHtml(cut(row.label, before))}</text>`
    : `${dot}<text x="${stands + 20}" y="${fixed(at)}">${escapeHtml(cut(row.label, after))}</text>`;
}

/** How many characters of a label there is room for in so many pixels. */
const roomFor = (pixels: number): number => Math.floor((pixels - 8) / CHARACTER);

const fixed = (value: number): string => String(Math.round(value * 100) / 100);
