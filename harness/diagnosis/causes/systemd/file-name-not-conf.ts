import type { Cause } from '../cause.ts';
import { isNamedWrongly } from './_not-read.ts';
import { isAboutProxy, remedy } from './_units.ts';

export const fileNameNotConfCause: Cause = {
  id: 'systemd/file-name-not-conf',
  severity: 'error',
  title: 'The name of the drop-in does not end in .conf, and systemd does not read it.',
  seen: 'A file in UNIT.service.d/ such as http-proxy, http-proxy.conf.bak or http-proxy.conf.txt. A copy beside a file that sets the same variables is none.',
  fix: 'Let its name end in .conf.',
  symptoms: ['systemctl show prints no Environment', 'the drop-in has no effect'],
  find: (picture) =>
    picture.all('unit').flatMap((unit) => {
      const { path, file } = unit.piece;
      const names = unit.assignments.map(({ name }) => name).filter(isAboutProxy);
      const [first] = unit.assignments.filter(({ name }) => isAboutProxy(name));
      if (unit.read !== false || !first || !isNamedWrongly(path)) return [];
      const directory = path.replace(/[^/]*$/, '');
      const isCopy = picture
        .all('unit')
        .some(
          (each) =>
            each !== unit &&
            each.read !== false &&
            each.piece.path.startsWith(directory) &&
            each.assignments.some(({ name }) => names.includes(name)),
        );
      if (isCopy) return [];
      const name = path.split('/').at(-1) ?? '';
      return [
        {
          file,
          line: first.line,
          says: `systemd reads files in this directory whose names end in .conf, and this one is called ${name}.`,
          remedy: remedy(
            `Rename it to ${name.split('.')[0]}.conf, then run systemctl daemon-reload and restart the service.`,
          ),
        },
      ];
    }),
};
