import { firstOf, hostOfFailure, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { directBy, hasFileOf } from './_direct.ts';

export const runnerServiceWithoutProxyCause: Cause = {
  id: 'selection/runner-service-without-proxy',
  severity: 'error',
  title: 'The gitlab-runner process has no proxy, so it cannot ask GitLab for jobs.',
  seen: '“Checking for jobs... failed” with “dial tcp ADDRESS:443: i/o timeout” and no proxyconnect, or systemctl show of gitlab-runner with an empty Environment while other files name a proxy and GitLab is external. Not a GitLab of your own that is reached directly.',
  fix: 'A drop-in for gitlab-runner.service with the proxies; daemon-reload, restart.',
  symptoms: ['Checking for jobs... failed', 'dial tcp i/o timeout', 'jobs stay pending'],
  find: (picture) => {
    const remedy =
      'Write the proxies into /etc/systemd/system/gitlab-runner.service.d/http-proxy.conf, then systemctl daemon-reload && systemctl restart gitlab-runner.';
    if (hasFileOf(picture, 'gitlab-runner')) return [];
    const [failure] = firstOf(directBy(picture, 'runner'), () => '');
    if (failure)
      return [
        onLine(
          failure,
          `gitlab-runner goes to ${hostOfFailure(failure)} itself, without a proxy, and finds no way out: it cannot ask for jobs.`,
          remedy,
        ),
      ];
    const isExternal = picture.gitlabHosts.some((host) => !picture.isInternal(host));
    if (!isExternal || picture.proxies.length === 0) return [];
    return picture.all('show').flatMap(({ unit, properties, environment }) => {
      const empty = properties.find(({ key }) => key === 'Environment');
      if (!empty || !/^gitlab-runner/.test(unit ?? '') || environment.some(({ name }) => /proxy/i.test(name)))
        return [];
      return [
        {
          file: empty.file,
          line: empty.line,
          says: 'gitlab-runner.service has no proxy in its environment, and GitLab is outside: the runner cannot ask for jobs.',
          remedy: { says: remedy },
        },
      ];
    });
  },
};
