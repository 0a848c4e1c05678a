import type { Picture } from '../../picture/picture.ts';
import { firstOf, hostOfFailure, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { directBy, hasFileOf, lateBy } from './_direct.ts';

const INSIDE = /Pulling docker image|Using docker image sha256/;

export const daemonWithoutProxyCause: Cause = {
  id: 'selection/daemon-without-proxy',
  severity: 'error',
  title: 'dockerd has no proxy, so images cannot be pulled.',
  seen: 'A pull that ends in “dial tcp … i/o timeout”, “no such host” or “request canceled while waiting for connection” without proxyconnect, or docker info without a proxy while jobs or shells have one. Not a registry or mirror of your own in reach.',
  fix: 'A drop-in for docker.service, or proxies in daemon.json (23.0 and newer).',
  symptoms: [
    'docker pull i/o timeout',
    'request canceled while waiting for connection',
    'lookup registry-1.docker.io: no such host',
  ],
  find: (picture) => {
    const remedy =
      'Write the proxies into /etc/systemd/system/docker.service.d/http-proxy.conf (or "proxies" of daemon.json from 23.0 on), then systemctl daemon-reload && systemctl restart docker.';
    if (hasFileOf(picture, 'docker') || picture.settings.some(({ scope }) => scope.of === 'docker-cli')) return [];
    const info = picture.all('docker-info').find(({ entries }) => entries.some(({ key }) => key === 'Server Version'));
    if (info?.entries.some(({ key }) => /^https?[ _]proxy$/i.test(key))) return [];
    const [failure] = firstOf(
      [...directBy(picture, 'daemon'), ...(behindProxy(picture) ? lateBy(picture, 'daemon') : [])],
      () => '',
    );
    if (failure)
      return [
        onLine(
          failure,
          `dockerd goes to ${hostOfFailure(failure)} itself, without a proxy, and finds no way out: images cannot be pulled.`,
          remedy,
        ),
      ];
    const version = info?.entries.find(({ key }) => key === 'Server Version');
    if (
      !info ||
      !version ||
      !behindProxy(picture) ||
      hasMirror(info.entries) ||
      picture.lines.some(({ text }) => INSIDE.test(text))
    )
      return [];
    return [
      {
        file: version.file,
        line: version.line,
        says: 'dockerd has no proxy (docker info shows none), while other programs of this host need one: images cannot be pulled.',
        remedy: { says: remedy },
      },
    ];
  },
};

/** Jobs, shells or the runner itself go out through a proxy. */
const behindProxy = (picture: Picture): boolean =>
  picture.effective('jobs').some(({ variable }) => variable !== 'NO_PROXY') ||
  picture.effective('shell').some(({ variable }) => variable !== 'NO_PROXY');

const hasMirror = (entries: readonly { readonly key: string; readonly value: string }[]): boolean =>
  entries.some(({ key, value }) => /Registry Mirrors/i.test(key) || (/^https?:\/\/\S+/.test(key) && value === ''));
