import { splitUrl } from '../../../url/index.ts';
import { isLoopbackHost } from '../_loopback.ts';
import { isOfContainers, proxyValues, runnerOf } from '../_values.ts';
import type { Cause } from '../cause.ts';
import { flawsOf } from './_flaws.ts';

export const loopbackInContainerCause: Cause = {
  id: 'value/loopback-in-container',
  severity: 'error',
  title: "Containers are told that the proxy is at 127.0.0.1, which is the container's own.",
  seen: 'localhost, 127.0.0.1 or ::1 as the proxy of jobs that run in containers, of services, or in config.json. Not in units of the host, with the shell executor, or with network_mode = "host".',
  fix: "Name docker0's address, usually 172.17.0.1, or the proxy's own.",
  symptoms: ['Failed to connect to 127.0.0.1 port', 'proxyconnect tcp: dial tcp 127.0.0.1'],
  find: (picture) =>
    proxyValues(picture).flatMap(({ value, setting: { name, file, line }, scope }) => {
      if (!isOfContainers(scope, picture) || flawsOf(value).some(({ kind }) => kind === 'literal-quotes')) return [];
      const { host } = splitUrl(value.trim());
      if (!isLoopbackHost(host)) return [];
      return [
        {
          file,
          line,
          at: host,
          says: `Inside a container ${host} is the container itself, where no proxy listens: whatever uses ${name} there is refused.`,
          remedy: { says: "Name docker0's address (ip -4 addr show docker0; usually 172.17.0.1), or the proxy's own." },
          ...runnerOf(scope, picture),
        },
      ];
    }),
};
