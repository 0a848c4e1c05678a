import { escapeHtml } from '../picture/index.ts';
import type { ValueSeries } from './values.ts';
import { amountWords } from './words.ts';

/** In pixels. */
const WIDTH = 132;
const HEIGHT = 34;
const MARGIN = 5;

/** A small chart of a value over versions: a line, and a dot for each version that has one. From zero on. */
export function chartSvg({ points, unit, name }: ValueSeries): string {
  const most = Math.max(...points.map(({ amount = 0 }) => amount), 0) || 1;
  const least = Math.min(...points.map(({ amount = 0 }) => amount), 0);
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, points.length - 1);
  const places = points.flatMap(({ amount, label }, index) => {
    if (amount === undefined) return [];
    const y = HEIGHT - MARGIN - ((amount - least) / (most - least)) * (HEIGHT - 2 * MARGIN);
    return [{ x: round(MARGIN + index * step), y: round(y), says: `${label}: ${amountWords(amount, unit)}` }];
  });
  const line = places.map(({ x, y }) => `${x},${y}`).join(' ');
  const dots = places.map(
    ({ x, y, says }) => `<circle cx="${x}" cy="${y}" r="3"><title>${escapeHtml(says)}</title></circle>`,
  );
  return `<svg class="chart" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(`${name}: ${places.map(({ says }) => says).join(', ')}`)}"><polyline points="${line}"/>${dots.join('')}</svg>`;
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
