import type { Cause } from '../cause.ts';
import { placeOf, settingOf } from './_settings.ts';

export const listensOnLoopbackOnlyCause: Cause = {
  id: 'cntlm/listens-on-loopback-only',
  severity: 'error',
  title: 'cntlm listens on 127.0.0.1 alone, where no container gets.',
  seen: "Listen of cntlm.conf is a port alone or of 127.0.0.1, Gateway is not yes, and containers are told to use docker0's address or another one of this host with that port. Not with a second Listen, or where services of the host alone use it.",
  fix: "Listen 172.17.0.1:3128, docker0's address.",
  symptoms: ['Failed to connect to 172.17.0.1 port 3128: Connection refused', 'works on the host, not in containers'],
  find: (picture) => {
    const containers = picture.proxies.filter(
      ({ setting: { scope } }) =>
        scope.of === 'docker-cli' ||
        scope.of === 'ci' ||
        scope.of === 'service-container' ||
        (scope.of === 'jobs' && scope.runner.contained),
    );
    return picture.all('cntlm').flatMap((document) => {
      if (/^(yes|true|on|1)$/i.test(settingOf(document, 'gateway') ?? '')) return [];
      const listens = document.settings.filter(({ key }) => key === 'listen');
      const isLocal = (value: string): boolean => !value.includes(':') || /^(127\.|localhost:)/i.test(value);
      const [first] = listens;
      if (!first || !listens.every(({ value }) => isLocal(value))) return [];
      const ports = listens.map(({ value }) => Number(value.split(':').at(-1)));
      const user = containers.find(
        ({ host, port }) =>
          port !== undefined && ports.includes(port) && /^(?:172\.(?:1[6-9]|2\d|3[01])\.|127\.|localhost$)/.test(host),
      );
      if (!user) return [];
      const port = user.port ?? 3128;
      const address = user.host.startsWith('172.') ? user.host : '172.17.0.1';
      return [
        {
          ...placeOf(first),
          at: first.value,
          says: `cntlm listens on 127.0.0.1 alone, and containers are told to find it at ${user.host}:${port} (${user.file}:${user.line}): the connection is refused.`,
          remedy: {
            says: "Let it listen on docker0's address.",
            edits: [{ ...placeOf(first), to: `Listen          ${address}:${port}` }],
          },
        },
      ];
    });
  },
};
