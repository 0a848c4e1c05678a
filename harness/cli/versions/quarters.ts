import type { Progress } from '../../report/index.ts';

/**
 * Says when a quarter of a run's cases has come to an end, for several runs go on side by side.
 * @param total how many cases there are
 */
export function quarters(total: number, say: (line: string) => void): Progress {
  let done = 0;
  let told = 0;
  return {
    started: () => {},
    waiting: () => {},
    finished: () => {
      done++;
      const quarter = Math.floor((4 * done) / total);
      if (quarter > told) say(done === total ? `all ${total} are done` : `${done} of ${total} are done …`);
      told = quarter;
    },
    changed: () => {},
    stop: () => {},
  };
}
