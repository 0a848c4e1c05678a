import { median, spread } from './statistics.ts';

/** How fast something was in one round. */
export interface Speed {
  /** Operations, or bytes. */
  readonly amount: number;
  readonly seconds: number;
  /** CPU time the server's process took for it. */
  readonly cpuSeconds: number;
}

/** Two things compared, in one run. */
export interface Comparison {
  /** Median of the rounds' ratios, ours to theirs, by the clock. */
  readonly ratio: number;
  readonly notes: readonly string[];
}

/** How many rounds there are; both sides take part in each, so that what disturbs the machine disturbs both. */
const ROUNDS = 9;

/**
 * Compares ours with theirs, round by round; who begins alternates.
 * @param unit of an amount each second, such as `tunnels/s`
 * @param options.scale by how much an amount is divided to be in that unit
 */
export async function compare(
  ours: () => Promise<Speed>,
  theirs: () => Promise<Speed>,
  options: { readonly unit: string; readonly against: string; readonly scale?: number; readonly rounds?: number },
): Promise<Comparison> {
  const { unit, against, scale = 1, rounds = ROUNDS } = options;
  // Compiled code and filled caches are what is compared, not the way there.
  await ours();
  await theirs();
  const pairs: [Speed, Speed][] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) pairs.push([await ours(), await theirs()]);
    else pairs.push(((pair) => [pair[1], pair[0]] as [Speed, Speed])([await theirs(), await ours()]));
  }
  const ratios = pairs.map(([mine, other]) => rate(mine) / rate(other));
  const byCpu = pairs.map(([mine, other]) => perCpu(mine) / perCpu(other));
  const shown = (speeds: readonly Speed[]): string => {
    const busy = median(speeds.map((each) => each.cpuSeconds / each.seconds));
    return `${(median(speeds.map(rate)) / scale).toFixed(0)} ${unit} (its process ${(busy * 100).toFixed(0)} % busy)`;
  };
  return {
    ratio: median(ratios),
    notes: [
      `ours ${shown(pairs.map(([mine]) => mine))}, ${against} ${shown(pairs.map(([, other]) => other))}; ` +
        `ratios of ${rounds} interleaved rounds ${spread(ratios)}, by CPU time of the server's process ${median(byCpu).toFixed(2)}`,
    ],
  };
}

const rate = ({ amount, seconds }: Speed): number => amount / seconds;

const perCpu = ({ amount, cpuSeconds }: Speed): number => amount / cpuSeconds;
