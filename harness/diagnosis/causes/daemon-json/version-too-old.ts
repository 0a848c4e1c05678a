import { placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';
import { versionWithoutProxies } from './_version.ts';

const REFUSED = /directives don't match any configuration option: [^\n]*(?:proxies|http-proxy|https-proxy|no-proxy)/;

export const versionTooOldCause: Cause = {
  id: 'daemon-json/version-too-old',
  severity: 'error',
  title: 'This dockerd knows no proxies in daemon.json, and does not start with them.',
  seen: 'proxies in daemon.json, and a dockerd before 23.0. From 23.0 on it is right, and nothing is said where no file tells the version.',
  fix: 'Set the proxies in a drop-in of docker.service, or move to 23.0 or newer.',
  symptoms: ["directives don't match any configuration option: proxies"],
  find: (picture) =>
    picture.all('daemon-json').flatMap(({ entries }) => {
      const proxies = entries.find(({ key }) => key === 'proxies');
      const old = versionWithoutProxies(picture);
      const refused = picture.version('docker') === undefined && picture.lines.some(({ text }) => REFUSED.test(text));
      if (!proxies || (!old && !refused)) return [];
      return [
        {
          ...placeOf(proxies),
          at: '"proxies"',
          says: `proxies in daemon.json came with dockerd 23.0, and ${old ? `this one is ${old.version} (${old.file}:${old.line})` : 'this one says that it does not know them'}: it does not start.`,
          remedy: remedy('Set the proxies in a drop-in of docker.service, or move to dockerd 23.0 or newer.'),
        },
      ];
    }),
};
