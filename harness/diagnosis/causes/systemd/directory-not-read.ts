import type { UnitDocument } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import { pieceName } from '../_piece-name.ts';
import type { Cause } from '../cause.ts';
import { isNamedWrongly } from './_not-read.ts';
import { isAboutProxy, remedy } from './_units.ts';

export const directoryNotReadCause: Cause = {
  id: 'systemd/directory-not-read',
  severity: 'error',
  title: 'The drop-in lies where the unit that runs does not look.',
  seen: 'A drop-in in docker.d/, docker.service.conf.d/ or docker/, or of another unit than the one that runs, such as docker.service.d/ where docker is the snap. service.d/ is of all services.',
  fix: 'Put it into /etc/systemd/system/UNIT.service.d/.',
  symptoms: ['systemctl show prints no Environment', 'the drop-in has no effect'],
  find: (picture) =>
    picture.all('unit').flatMap((unit) => {
      const first = unit.assignments.find(({ name }) => isAboutProxy(name));
      if (!first || unit.role !== 'drop-in') return [];
      const { file, path } = unit.piece;
      const directory = pieceName(unit.piece).replace(/\/[^/]*$/, '');
      const right = runsInstead(unit, picture);
      if (right !== undefined) {
        return [
          {
            file,
            line: first.line,
            says: `This drop-in is of ${unit.unit}, and ${right} is what runs here.`,
            remedy: remedy(
              `Put it into /etc/systemd/system/${right}.d/, then run systemctl daemon-reload and restart ${right}.`,
            ),
          },
        ];
      }
      if (unit.read !== false || isNamedWrongly(path) || /\.(?:bak|old|orig|disabled|off)$/.test(path)) return [];
      return [
        {
          file,
          line: first.line,
          says: `No unit looks into ${directory}/ for drop-ins.`,
          remedy: remedy(
            `Put the file into /etc/systemd/system/${unit.unit ?? 'UNIT.service'}.d/, then run systemctl daemon-reload and restart the service.`,
          ),
        },
      ];
    }),
};

const SNAP = 'snap.docker.dockerd.service';

/** The unit that runs in place of the one that a drop-in is of, where a file or a log tells. */
function runsInstead({ unit, piece }: UnitDocument, picture: Picture): string | undefined {
  if (unit === 'docker.service') {
    const isSnap =
      picture.all('unit').some((each) => each.unit === SNAP && each.piece !== piece) ||
      picture.all('show').some((each) => each.unit === SNAP) ||
      picture.lines.some(({ text }) => text.includes(SNAP));
    return isSnap ? SNAP : undefined;
  }
  if (unit !== 'containerd.service') return undefined;
  const hasProxy = picture.settings.some(
    ({ scope }) => scope.of === 'daemon-json' || (scope.of === 'service' && scope.unit === 'docker'),
  );
  const isDocker =
    picture.all('docker-info').length > 0 ||
    picture.all('show').some((each) => each.unit === 'docker.service') ||
    picture.all('unit').some((each) => each.unit === 'docker.service') ||
    picture.lines.some(({ text }) => /Error response from daemon: .*dial tcp|dockerd\[\d+\]/.test(text));
  return isDocker && !hasProxy ? 'docker.service' : undefined;
}
