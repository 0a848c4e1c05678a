import { escapeHtml } from '../../picture/markup.ts';

const WIDTH = 260;
const HEIGHT = 34;
/** The line keeps off the edges by so much, so that neither it nor its last point is cut. */
const MARGIN = 4;

/** A small chart of one quantity over runs. */
export interface Spark {
  /** What it shows, for whoever does not see it. */
  readonly label: string;
  /** By run; undefined leaves a gap. */
  readonly values: readonly (number | undefined)[];
  /** Places of the runs at which a version begins. */
  readonly boundaries: readonly number[];
  /** An outcome, for its colour. */
  readonly kind?: string;
}

/** Draws it as SVG. Steps, not slopes: between two runs nothing was measured. */
export function sparkHtml({ label, values, boundaries, kind = '' }: Spark): string {
  const there = values.filter((each) => each !== undefined);
  const [low, high] = [Math.min(...there), Math.max(...there)];
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, values.length);
  const x = (at: number): string => (MARGIN + at * step).toFixed(1);
  const y = (value: number): string =>
    (high === low ? HEIGHT / 2 : HEIGHT - MARGIN - ((value - low) / (high - low)) * (HEIGHT - 2 * MARGIN)).toFixed(1);
  const lines = boundaries
    .filter((at) => at > 0)
    .map((at) => `<line x1="${x(at)}" x2="${x(at)}" y1="0" y2="${HEIGHT}"/>`);
  const parts = piecesOf(values).map(({ from, piece }) => {
    const steps = piece.map((value, at) => {
      const rise = at > 0 && value !== piece[at - 1] ? `V${y(value)}` : '';
      return `${rise}${value === piece[at + 1] ? '' : `H${x(from + at + 1)}`}`;
    });
    return `M${x(from)},${y(piece[0] ?? 0)}${steps.join('')}`;
  });
  const path = parts.length === 0 ? '' : `<path d="${parts.join('')}"/>`;
  const last = values.findLastIndex((each) => each !== undefined);
  const dot = last < 0 ? '' : `<circle cx="${x(last + 1)}" cy="${y(values[last] ?? 0)}" r="2.6"/>`;
  return `<svg class="spark ${kind}" role="img" aria-label="${escapeHtml(label)}" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${lines.join('')}${path}${dot}</svg>`;
}

/** The stretches without a gap. */
function piecesOf(values: readonly (number | undefined)[]): { from: number; piece: number[] }[] {
  const pieces: { from: number; piece: number[] }[] = [];
  values.forEach((value, at) => {
    if (value === undefined) return;
    const open = pieces.at(-1);
    if (open && open.from + open.piece.length === at) open.piece.push(value);
    else pieces.push({ from: at, piece: [value] });
  });
  return pieces;
}
