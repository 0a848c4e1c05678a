import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';

export const gaveUpCause: Cause = {
  id: 'rate-limit/gave-up',
  severity: 'error',
  title: 'The runner gave up after five limited tries.',
  seen: '“gave up due to rate limit” in the log of a runner up to 18.2.',
  fix: "Raise GitLab's limit, or put the proxy's address on its allow list.",
  symptoms: ['gave up due to rate limit'],
  find: (picture) =>
    firstOf(failuresOfKind(picture, 'gave-up')).map((failure) =>
      onLine(
        failure,
        "GitLab limits the runner's requests, and the runner gave up after five tries.",
        "Have the limit raised for the proxy's address, and raise check_interval.",
      ),
    ),
};
