import type { Picture } from '../../picture/picture.ts';
import type { Cause } from '../cause.ts';
import { entryFinding, lists } from './_lists.ts';

export const leadingDotMissesApexCause: Cause = {
  id: 'no-proxy/leading-dot-misses-apex',
  severity: 'warning',
  title: 'An entry with a leading dot does not name the domain itself.',
  seen: '.corp.example in NO_PROXY, and a URL whose host is corp.example: Go, wget, Ruby and dockerd ask the proxy for it.',
  fix: 'Write both spellings.',
  symptoms: ['the domain itself goes through the proxy, hosts below it do not'],
  find: (picture) => {
    const hosts = hostsOf(picture);
    return lists(picture).flatMap((list) => {
      const all = new Set(list.entries.map((entry) => entry.toLowerCase()));
      const wrong = list.entries.filter((entry) => {
        const bare = /^\.(.+)$/.exec(entry.toLowerCase())?.[1];
        return bare !== undefined && hosts.has(bare) && !all.has(bare);
      });
      return entryFinding(picture, list, {
        wrong,
        says: `${wrong[0]} in ${list.setting.name} names what is below ${wrong[0]?.slice(1)}, and not that host itself, which these files ask for: Go, docker, wget and Ruby take the proxy to it.`,
        remedy: 'Write the host without the dot, too.',
        to: (entry) => `${entry},${entry.slice(1)}`,
      });
    });
  },
};

/** Hosts that the files ask for. */
function hostsOf(picture: Picture): ReadonlySet<string> {
  const scripts = picture
    .all('ci')
    .flatMap(({ jobs }) =>
      jobs.flatMap(({ script, variables }) => [
        ...script.map(({ text }) => text),
        ...variables.map(({ value }) => value),
      ]),
    );
  const texts = [
    ...picture.runners.flatMap(({ url }) => url ?? []),
    ...scripts,
    ...picture.lines.map(({ text }) => text),
  ];
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/https?:\/\/(?:[^\s/@]*@)?([\w.-]+)/gi)].map(([, host = '']) => host.toLowerCase()),
    ),
  );
}
