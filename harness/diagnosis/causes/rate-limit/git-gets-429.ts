import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';

export const gitGets429Cause: Cause = {
  id: 'rate-limit/git-gets-429',
  severity: 'error',
  title: "GitLab limits git's requests, and all runners behind the proxy count as one address.",
  seen: 'A fetch or clone that ends in “The requested URL returned error: 429”, mostly after “remote: Retry later”.',
  fix: "Set GET_SOURCES_ATTEMPTS, and raise the limit, or put the proxy's address on GitLab's allow list.",
  symptoms: ['Retry later', 'The requested URL returned error: 429'],
  find: (picture) =>
    firstOf(failuresOfKind(picture, 'git-limited')).map((failure) =>
      onLine(
        failure,
        'GitLab refuses git with 429: its limit counts everybody behind the proxy as one address, and the runner does not repeat git by itself.',
        "Set GET_SOURCES_ATTEMPTS = 3, and have the limit raised for the proxy's address.",
      ),
    ),
};
