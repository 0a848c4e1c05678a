<<<<<<< HEAD
import { splitUrl } from '../../../url/index.ts';
import type { Place } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';

/** A registry mirror of the daemon. */
export interface Mirror extends Place {
  readonly url: string;
  readonly host: string;
}

/** Every mirror that daemon.json names. */
export const mirrorsOf = (picture: Picture): readonly Mirror[] =>
  picture.all('daemon-json').flatMap(({ entries }) =>
    entries.flatMap(({ key, value, file, line }) => {
      if (!/^registry-mirrors(?:[.[]|$)/.test(key)) return [];
      const urls = (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
      return urls.map((url) => ({ file, line, url, host: splitUrl(url).host.toLowerCase() }));
    }),
  );
=======
import type { Place } from '../../documents/document.ts';
import type { Picture, Setting } from '../../picture/picture.ts';
import { lineOf } from '../_values.ts';

export interface Mirror extends Place {
  /** As it is written. */
  readonly written: string;
}

const FLAG = /--registry-mirror[= ]["']?([^\s"',\]]+)/g;

/** The mirrors of dockerd: of daemon.json, of the command line in a unit, and those of dind services. */
export const mirrorsOf = (
  picture: Picture,
): { readonly host: readonly Mirror[]; readonly dind: readonly Mirror[] } => ({
  host: [
    ...picture
      .all('daemon-json')
      .flatMap(({ entries }) =>
        entries.flatMap(({ key, value, file, line }) =>
          key === 'registry-mirrors' && Array.isArray(value)
            ? value.flatMap((each): Mirror[] =>
                typeof each === 'string' ? [{ file, line: lineWith(picture, file, line, each), written: each }] : [],
              )
            : [],
        ),
      ),
    ...picture
      .all('unit')
      .flatMap(({ unit, directives }) =>
        directives.flatMap(({ value, file, line }) =>
          unit === 'docker.service'
            ? [...(value ?? '').matchAll(FLAG)].map(([, written = '']) => ({ file, line, written }))
            : [],
        ),
      ),
  ],
  dind: [
    ...picture.runners.flatMap(({ services }) => services),
    ...picture.all('ci').flatMap(({ jobs }) => jobs.flatMap(({ services }) => services)),
  ].flatMap(({ command, file, line }) =>
    [...command.join(' ').matchAll(FLAG)].map(([, written = '']) => ({ file, line, written })),
  ),
});

/** An entry of a list stands in the line of its key, or in one below. */
function lineWith(picture: Picture, file: string, from: number, text: string): number {
  for (let line = from; line < from + 40; line += 1)
    if (lineOf(picture, file, line)?.includes(JSON.stringify(text))) return line;
  return from;
}

/** What dockerd has: daemon.json's proxies, or those of its unit. */
export const daemonSettings = (picture: Picture): readonly Setting[] => [
  ...picture.effective('daemon-json'),
  ...picture.effective('service', (scope) => scope.of === 'service' && scope.unit === 'docker'),
];
>>>>>>> e8b4d38 (feat: causes of docker-in-docker and of registry mirrors)
