import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { isBefore, runnerVersion } from './_version.ts';

export const noUsableHeaderCause: Cause = {
  id: 'rate-limit/no-usable-header',
  severity: 'error',
  title: 'The runner is limited, and does not wait, as the answer does not say until when.',
  seen: '“Checking for jobs... failed” with status=429 at every interval of a runner before 18.3, and nothing of sleeping for the rate limit.',
  fix: 'Let the limiter send RateLimit-ResetTime, or use gitlab-runner 18.3 or newer.',
  symptoms: ['status=429 Too Many Requests', 'Checking for jobs... failed', 'jobs stay pending with 429'],
  find: (picture) => {
    const version = runnerVersion(picture);
    if (version && !isBefore(version, [18, 3])) return [];
    const sleeps = new Set(
      picture.lines.flatMap(({ text, file }) =>
        text.includes('leeping due to rate limit') ||
        text.includes('before making the next call') ||
        text.includes('gave up due to')
          ? [file]
          : [],
      ),
    );
    return firstOf(failuresOfKind(picture, 'poll-limited').filter(({ file }) => !sleeps.has(file))).map((failure) =>
      onLine(
        failure,
        'GitLab, or a limiter before it, answers 429 without a RateLimit-ResetTime: the runner does not wait, and asks again at every interval.',
        'Let the limiter send RateLimit-ResetTime, raise the limit, or use gitlab-runner 18.3 or newer.',
      ),
    );
  },
};
