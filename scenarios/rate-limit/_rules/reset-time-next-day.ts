import { answeredAgain, check, comesAgain, duration, untilReset } from '../../../harness/kit/index.ts';
import { limitedOnce } from './once.ts';

/** A day, and as many seconds as lie between two moments that differ in nothing but the date. */
const RESET_IN_SECONDS = 24 * 3600 + 3;
/** Longer than the fallback of a minute. Simulated time costs nothing, so there it is watched to the end. */
const WATCH_MS = { real: 70_000, simulated: (RESET_IN_SECONDS + 10) * 1000 };

/** A reset time of the next day: its date counts, and not its time of day alone. */
export const resetTimeNextDay = limitedOnce({
  waitsMs: () => WATCH_MS.real,
  says: () => ({ resetTime: { inSeconds: RESET_IN_SECONDS } }),
  watch: { by: ({ world }) => answeredAgain(world, 'job', WATCH_MS[world.clock.kind]) },
  judge: (limited, again, evidence) => {
    const window = untilReset(limited);
    const watched = evidence.end() - (limited.answered ?? limited.arrived);
    if (again || watched > RESET_IN_SECONDS * 1000) {
      return [comesAgain(limited, again, { ...window, watchedUntil: evidence.end() })];
    }
    return [
      check(
        watched >= WATCH_MS.real - 1000,
        `a reset time a day ahead is waited for: nothing comes while it is watched, for ${duration(WATCH_MS.real)} at least`,
        `nothing came for ${duration(watched)}`,
        limited,
      ),
    ];
  },
});
