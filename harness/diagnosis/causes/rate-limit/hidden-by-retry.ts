import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';

/** Fewer are nothing to speak of. */
const MANY = 3;

export const hiddenByRetryCause: Cause = {
  id: 'rate-limit/hidden-by-retry',
  severity: 'warning',
  title: 'The runner is limited, and repeats inside the call: jobs start late, and hardly a line tells of it.',
  seen: '“Waiting before making the next call” in numbers, of a runner of 18.3 or newer. A few such lines are nothing.',
  fix: "Raise GitLab's limit for the proxy's address, or check_interval.",
  symptoms: ['Waiting before making the next call', 'jobs start late'],
  find: (picture) => {
    const waiting = failuresOfKind(picture, 'waiting');
    return firstOf(waiting).flatMap((failure) => {
      const times = waiting.filter(({ file }) => file === failure.file).length;
      if (times < MANY) return [];
      return [
        onLine(
          failure,
          `The runner waits again and again before it repeats a request (${times} times in this log): it is limited, and jobs start late.`,
          "Have the limit raised for the proxy's address, or raise check_interval.",
        ),
      ];
    });
  },
};
