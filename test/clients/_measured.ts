import { readFileSync } from 'node:fs';
import { cells, dockerCells, type Measurement, readMeasured } from '../../harness/clients/index.ts';
import { GENERATIONS, type GenerationName } from '../../harness/generations/index.ts';

const read = (file: string): string =>
  readFileSync(new URL(`../../harness/clients/${file}.ndjson`, import.meta.url), 'utf8');

/** The stored table. */
export const stored = read('measured');

export const measured = readMeasured(stored, cells());

/** What the clients of Docker did in a generation, and how it is stored. */
interface OfGeneration {
  readonly name: GenerationName;
  readonly stored: string;
  readonly measurement: Measurement;
}

/** Every generation whose Docker is not that of the table. */
export const others: readonly OfGeneration[] = (Object.keys(GENERATIONS) as GenerationName[])
  .filter((name) => !measured.versions['dockerd']?.includes(` ${GENERATIONS[name].brings.docker}+`))
  .map((name) => {
    const text = read(`measured-${name}`);
    return { name, stored: text, measurement: readMeasured(text, dockerCells()) };
  });
