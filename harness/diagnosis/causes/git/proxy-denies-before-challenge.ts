import { hostOfFailure, onLine } from '../_log.ts';
import { denied, isBeforeChallenge } from '../auth/_denied.ts';
import type { Cause } from '../cause.ts';

export const proxyDeniesBeforeChallengeCause: Cause = {
  id: 'git/proxy-denies-before-challenge',
  severity: 'error',
  title: 'git sends its password after a 407 only, and this proxy answers 403 at once.',
  seen: '“CONNECT tunnel failed, response 403” of git, with user and password in the URL, while another client gets through the same proxy to the same host. Without such a client it is the proxy’s rules.',
  fix: 'git config --global http.proxyAuthMethod basic.',
  symptoms: ['CONNECT tunnel failed, response 403', 'curl works, git clone is refused'],
  find: (picture) =>
    denied(picture)
      .filter((each) => isBeforeChallenge(picture, each))
      .map((failure) =>
        onLine(
          failure,
          `Another client gets through the same proxy to ${hostOfFailure(failure)}, and git is refused with 403: git sends its password after a 407 only, and this proxy does not ask for it.`,
          'Set http.proxyAuthMethod=basic for git (git config --global http.proxyAuthMethod basic in the hook).',
        ),
      ),
};
