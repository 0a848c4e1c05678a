import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';

export const bodyLostOnRetryCause: Cause = {
  id: 'rate-limit/body-lost-on-retry',
  severity: 'error',
  title: 'After waiting for the rate limit, runners before 17.10 repeat the request with its body used up.',
  seen: "“http: ContentLength=N with Body length 0” in the runner's log, after “Sleeping due to rate limit”.",
  fix: 'Use gitlab-runner 17.10 or newer (17.9.2); keep connections alive on the way.',
  symptoms: ['http: ContentLength with Body length 0'],
  find: (picture) =>
    firstOf(failuresOfKind(picture, 'body-lost')).map((failure) =>
      onLine(
        failure,
        'The runner repeats a limited request with an empty body: no request after a wait succeeds.',
        'Upgrade gitlab-runner to 17.10 or newer.',
      ),
    ),
};
