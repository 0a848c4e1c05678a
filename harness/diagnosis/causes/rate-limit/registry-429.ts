import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';

export const registry429Cause: Cause = {
  id: 'rate-limit/registry-429',
  severity: 'error',
  title: 'The registry limits pulls, and everybody behind the proxy counts as one address.',
  seen: '“toomanyrequests: … pull rate limit” from a pull.',
  fix: 'Log in to the registry, or use a mirror.',
  symptoms: ['toomanyrequests', 'You have reached your pull rate limit'],
  find: (picture) =>
    firstOf(failuresOfKind(picture, 'registry-limited')).map((failure) =>
      onLine(
        failure,
        'The registry limits pulls by address, and everybody behind the proxy shares one.',
        'Log in with docker login (DOCKER_AUTH_CONFIG for jobs), or pull through a mirror of your own.',
      ),
    ),
};
