import type { Picture } from '../../picture/picture.ts';
import { editing, placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';

export const hostKeyMismatchCause: Cause = {
  id: 'docker-config/host-key-mismatch',
  severity: 'error',
  title: 'The proxies are for another daemon than the one that DOCKER_HOST names.',
  seen: 'A key other than default below proxies that is not DOCKER_HOST letter by letter, and no default. Where a key matches it replaces default, and nothing of default counts.',
  fix: 'Write default in place of the address.',
  symptoms: [
    'containers started by docker run have no proxy',
    'docker build has no proxy',
    'apk add in a RUN step: temporary error (try again later)',
  ],
  find: (picture) => {
    const hosts = dockerHosts(picture);
    if (hosts.length === 0) return [];
    return picture.all('docker-cli').flatMap(({ proxies }) => {
      const objects = proxies.filter(({ isObject }) => isObject);
      const fallback = objects.find(({ daemon }) => daemon === 'default');
      const matching = objects.find(({ daemon }) => hosts.includes(daemon));
      const [first] = objects;
      if (!fallback && !matching && first) {
        return [
          {
            ...placeOf(first),
            at: `"${first.daemon}"`,
            says: `DOCKER_HOST is ${hosts[0]}, so proxies for ${first.daemon} do not count, and there is no default.`,
            remedy: remedy(
              'Write default in place of the address.',
              editing(picture, first, (line) => line.replace(`"${first.daemon}"`, '"default"')),
            ),
          },
        ];
      }
      if (!fallback || !matching) return [];
      const given = matching.entries.map(({ key }) => key.toLowerCase());
      const lost = fallback.entries.filter(
        ({ key }) => /^https?Proxy$/i.test(key) && !given.includes(key.toLowerCase()),
      );
      if (lost.length === 0) return [];
      return [
        {
          ...placeOf(matching),
          at: `"${matching.daemon}"`,
          says: `For ${matching.daemon}, which DOCKER_HOST names, this replaces default as a whole: ${lost.map(({ key }) => key).join(' and ')} of default ${lost.length === 1 ? 'does' : 'do'} not count.`,
          remedy: remedy('Write all settings here, or none.'),
        },
      ];
    });
  },
};

/** Values of DOCKER_HOST that any file sets. */
const dockerHosts = (picture: Picture): readonly string[] => [
  ...new Set(
    [
      ...picture.runners.flatMap(({ environment }) => environment),
      ...picture.all('ci').flatMap(({ variables, jobs }) => [...variables, ...jobs.flatMap((job) => job.variables)]),
      ...picture.all('env-file').flatMap(({ assignments }) => assignments),
    ]
      .filter(({ name, value }) => name === 'DOCKER_HOST' && value !== '')
      .map(({ value }) => value),
  ),
];
