import { type Boundary, boundariesOf } from './boundaries.ts';
import { type MatrixRun, type Track, tracksOf } from './column.ts';
import { type MatrixRow, rowsOf } from './rows.ts';
import { type ValueSeries, valuesOf } from './values.ts';

/** Versions side by side: what each requirement comes to, where it changes, and what was measured. */
export interface Matrix {
  readonly tracks: readonly Track[];
  readonly rows: readonly MatrixRow[];
  readonly boundaries: readonly Boundary[];
  readonly values: readonly ValueSeries[];
}

/** Puts runs side by side. A pure function of what they found. @param runs at least one */
export function matrixOf(runs: readonly MatrixRun[]): Matrix {
  const tracks = tracksOf(runs);
  const rows = rowsOf(tracks);
  return { tracks, rows, boundaries: boundariesOf(rows, tracks), values: valuesOf(rows) };
}
