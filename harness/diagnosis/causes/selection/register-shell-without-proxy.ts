import { firstOf, hostOfFailure, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { directBy } from './_direct.ts';

export const registerShellWithoutProxyCause: Cause = {
  id: 'selection/register-shell-without-proxy',
  severity: 'error',
  title: "gitlab-runner register runs in a shell without proxy variables; the unit's do not count there.",
  seen: '“Registering runner... failed” or “Verifying runner... failed” with “dial tcp ADDRESS:443: i/o timeout” and no proxyconnect.',
  fix: 'export HTTPS_PROXY=… first, then sudo -E gitlab-runner register.',
  symptoms: ['Registering runner... failed', 'Verifying runner... failed', 'dial tcp i/o timeout'],
  find: (picture) =>
    firstOf(directBy(picture, 'register'), () => '').map((failure) =>
      onLine(
        failure,
        `gitlab-runner goes to ${hostOfFailure(failure)} itself: the shell it runs in has no proxy variables (sudo drops them), and those of the unit do not count there.`,
        'export HTTPS_PROXY=http://HOST:PORT in that shell, and use sudo -E gitlab-runner register.',
      ),
    ),
};
