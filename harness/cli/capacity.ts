import { cpus, freemem } from 'node:os';
import { machineClock } from '../clock/index.ts';
import { Slots } from '../conformance/index.ts';
import { lookAtThisMachine } from '../process/index.ts';
import { jobsWithin, openFilesLimit } from './open-files.ts';

/** Memory that one case of a real runner needs at the most, in bytes; what is measured is about half of it. */
const BYTES_PER_CASE = 100 * 2 ** 20;

/** More than these never have work for a processor at the same time, and each takes memory. */
const ENGINES_PER_PROCESSOR = 5;

/** How much this machine does at once. Runs that go on at the same time share it. */
export interface Capacity {
  readonly jobs: Slots;
  readonly engines: Slots;
  readonly starting: Slots;
}

/** What this machine has room for. @param jobs how many cases at once, where somebody has said it */
export function capacityFor(clock: 'real' | 'simulated', jobs = defaultJobs(clock)): Capacity {
  return {
    jobs: new Slots(jobsWithin(openFilesLimit(), jobs)),
    // They wait for half of their time, for services and for pauses between two tries.
    engines: new Slots(cpus().length + 1, {
      most: ENGINES_PER_PROCESSOR * cpus().length,
      look: lookAtThisMachine(),
      clock: machineClock,
    }),
    starting: new Slots(clock === 'simulated' ? 64 : cpus().length + 1),
  };
}

/** Simulated cases use CPU time all along; real ones wait, and memory is what bounds them. */
function defaultJobs(clock: 'real' | 'simulated'): number {
  if (clock === 'simulated') return 6 * cpus().length;
  return Math.max(4, Math.min(500, Math.floor(freemem() / BYTES_PER_CASE)));
}
