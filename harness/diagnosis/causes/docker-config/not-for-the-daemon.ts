import { placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';

const DIRECT =
  /(?:Error response from daemon|failed to pull image|Failed to pull image|error pulling image|docker login|Login).*(?:dial tcp [^\s]*(?:: lookup|:\d+: (?:i\/o timeout|connect: )|lookup)|dial tcp: lookup|request canceled while waiting for connection|context deadline exceeded)/;

export const notForTheDaemonCause: Cause = {
  id: 'docker-config/not-for-the-daemon',
  severity: 'error',
  title: "config.json's proxies are for containers that the CLI starts; the daemon pulls without them.",
  seen: 'Proxies in config.json, none for the daemon in a drop-in, daemon.json or docker info, and a pull or login that fails on a direct way.',
  fix: 'Set the proxies for the daemon: a drop-in of docker.service, or proxies in daemon.json.',
  symptoms: [
    'docker pull times out though config.json has proxies',
    'net/http: request canceled while waiting for connection',
  ],
  find: (picture) => {
    const hasProxy =
      picture.settings.some(
        ({ scope, variable }) =>
          variable !== 'NO_PROXY' &&
          (scope.of === 'daemon-json' || (scope.of === 'service' && /^(?:docker)?$/.test(scope.unit))),
      ) || picture.all('docker-info').some(({ entries }) => entries.some(({ key }) => /^HTTPS? Proxy$/.test(key)));
    const failed = picture.lines.some(({ text }) => DIRECT.test(text) && !text.includes('proxyconnect'));
    if (hasProxy || !failed) return [];
    return picture.all('docker-cli').flatMap(({ proxies }) => {
      const first = proxies
        .flatMap(({ entries }) => entries)
        .find(({ key, value }) => /^https?proxy$/i.test(key) && typeof value === 'string' && value !== '');
      if (!first) return [];
      return [
        {
          ...placeOf(first),
          at: `"${first.key}"`,
          says: 'The CLI gives these proxies to containers and builds that it starts. Images are pulled by dockerd, which has none and goes the direct way.',
          remedy: remedy(
            'Set the proxies for dockerd, too: a drop-in of docker.service, or proxies in daemon.json from 23.0 on; then restart docker.',
          ),
        },
      ];
    });
  },
};
