import { editing, isAboutProxy, placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';

export const percentDoubledCause: Cause = {
  id: 'env-file/percent-doubled',
  severity: 'error',
  title: 'The percent sign is doubled where nobody takes one of the two away.',
  seen: '%%40 in the file of an EnvironmentFile=, in /etc/environment or in daemon.json. In Environment= of a unit it is right.',
  fix: 'Write a single percent sign: %40.',
  symptoms: ['407 though the password is right'],
  find: (picture) => {
    const ofFiles = picture
      .all('env-file')
      .filter(({ flavour }) => flavour !== 'shell')
      .flatMap(({ assignments }) => assignments);
    const ofDaemon = picture
      .all('daemon-json')
      .flatMap(({ entries }) => entries)
      .flatMap(({ key, value, file, line }) => (typeof value === 'string' ? [{ name: key, value, file, line }] : []));
    return [...ofFiles, ...ofDaemon]
      .filter(({ name, value }) => isAboutProxy(name) && /%%[0-9a-f]{2}/i.test(value))
      .map((each) => ({
        ...placeOf(each),
        says: `Both percent signs arrive in ${each.name.replace(/^proxies\./, '')}: in a unit they are doubled, here they are not.`,
        remedy: remedy(
          'Write a single percent sign.',
          editing(picture, each, (line) => line.replaceAll('%%', '%')),
        ),
      }));
  },
};
