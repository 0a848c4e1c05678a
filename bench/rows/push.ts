import { Program } from '../measure/program.ts';
import { median, spread } from '../measure/statistics.ts';
import type { Memory } from '../programs/tasks.ts';
import type { Row } from '../row.ts';

const MOST = 1.1;
const MOST_MIB = 32;
const BYTES = 2 ** 28;
const ROUNDS = 3;

export const push: Row = {
  name: 'push',
  what: 'a 256 MiB push through the recording proxy ÷ through bare proxy-chain; growth of the resident memory meanwhile',
  target: `≤ ${MOST.toFixed(2)}; ≤ ${MOST_MIB} MiB`,
  measure: async ({ say }) => {
    await using ours = new Program('docker');
    await using theirs = new Program('docker');
    await Promise.all([ours.ask('start', { bare: false }), theirs.ask('start', { bare: true })]);
    say('warming up: what the images build on is pushed first');
    for (const program of [ours, theirs]) await pushed(program);
    const pairs: { readonly ours: Pushed; readonly theirs: Pushed }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      pairs.push({ theirs: await pushed(theirs), ours: await pushed(ours) });
    }
    await Promise.all([ours.ask('stop'), theirs.ask('stop')]);
    const ratios = pairs.map((pair) => pair.ours.seconds / pair.theirs.seconds);
    const ratio = median(ratios);
    const growth = Math.max(...pairs.map((pair) => pair.ours.growthMiB));
    return {
      measured: `${ratio.toFixed(2)}; ${growth.toFixed(0)} MiB`,
      reached: ratio <= MOST && growth <= MOST_MIB,
      notes: [
        `ours ${spread(
          pairs.map((pair) => pair.ours.seconds),
          1,
        )} s, proxy-chain and no front to the registry ${spread(
          pairs.map((pair) => pair.theirs.seconds),
          1,
        )} s; most of it is dockerd compressing; ratios of ${ROUNDS} interleaved rounds ${spread(ratios)}`,
      ],
    };
  },
};

interface Pushed {
  readonly seconds: number;
  readonly growthMiB: number;
}

/** Pushes a new image. */
async function pushed(program: Program): Promise<Pushed> {
  await program.ask('make', { bytes: BYTES });
  const { now: before } = await program.ask<Memory>('memory', { collect: true });
  const { seconds } = await program.ask<{ seconds: number }>('push', { bytes: BYTES });
  const { peak } = await program.ask<Memory>('memory', { collect: true });
  return { seconds, growthMiB: (peak - before) / 2 ** 20 };
}
