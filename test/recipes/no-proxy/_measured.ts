import { readFileSync } from 'node:fs';
import { cells, readMeasured } from '../../../harness/recipes/no-proxy/index.ts';

/** The stored table. */
export const stored = readFileSync(
  new URL('../../../harness/recipes/no-proxy/measured.ndjson', import.meta.url),
  'utf8',
);

export const measured = readMeasured(stored, cells());
