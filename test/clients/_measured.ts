import { readFileSync } from 'node:fs';
import { cells, dockerCells, readMeasured } from '../../harness/clients/index.ts';

/** The stored table. */
export const stored = readFileSync(new URL('../../harness/clients/measured.ndjson', import.meta.url), 'utf8');

export const measured = readMeasured(stored, cells());

const storedOf = (generation: string): string =>
  readFileSync(new URL(`../../harness/clients/measured-${generation}.ndjson`, import.meta.url), 'utf8');

/** The same of the clients of Docker in other generations, as it is stored. */
export const storedGenerations = { trixie: storedOf('trixie'), sid: storedOf('sid') };

export const generations = {
  trixie: readMeasured(storedGenerations.trixie, dockerCells()),
  sid: readMeasured(storedGenerations.sid, dockerCells()),
};
