import { NAMES } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { gapFinding, gapsOf, seenAt } from './_gaps.ts';

export const gitlabMissingCause: Cause = {
  id: 'no-proxy/gitlab-missing',
  severity: 'error',
  title: 'Your own GitLab is asked for through the proxy, which refuses it or cannot reach it.',
  seen: "A log with the proxy's answer for GitLab's host (CONNECT tunnel failed, Service Unavailable, Forbidden, Bad Gateway; TCP_DENIED or NONE in squid's log), and a NO_PROXY without that host. Not gitlab.com, and not a host that the list names.",
  fix: "Add GitLab's host name to NO_PROXY of the program that asks, without scheme and port.",
  symptoms: ['Checking for jobs failed Service Unavailable', 'CONNECT tunnel failed, response 503', 'Bad Gateway'],
  find: (picture) =>
    gapsOf(picture, 'gitlab')
      .filter(({ kind }) => kind === 'missing')
      .map((gap) =>
        gapFinding(
          picture,
          gap,
          `${NAMES[gap.failure.who]} asks the proxy for ${gap.host}, a host of your own, and the proxy does not get there (${seenAt(gap)}): NO_PROXY does not name it.`,
          `Add ${gap.host} to NO_PROXY (and no_proxy, where jobs read it).`,
        ),
      ),
};
