import { readFileSync } from 'node:fs';
import { cells, readMeasured } from '../../harness/clients/index.ts';

/** The stored table. */
export const stored = readFileSync(new URL('../../harness/clients/measured.ndjson', import.meta.url), 'utf8');

export const measured = readMeasured(stored, cells());
