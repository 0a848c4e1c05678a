import { distance } from 'fastest-levenshtein';
import type { UnitDocument, UnitLine } from '../../documents/document.ts';
import type { Cause } from '../cause.ts';
import { editing, isAboutProxy, placeOf, remedy } from './_units.ts';

export const wrongSectionCause: Cause = {
  id: 'systemd/wrong-section',
  severity: 'error',
  title: 'The variables stand in a section where systemd does not read them.',
  seen: 'Environment= below [service], [Services], [Servce], [Unit], [Install] or a heading with something behind its bracket. [Manager] with DefaultEnvironment= in system.conf is right.',
  fix: 'Put the lines below [Service].',
  symptoms: ['Unknown section', 'Unknown key name', 'Invalid section header'],
  find: (picture) =>
    picture.all('unit').flatMap((unit) =>
      wronglyPlaced(unit).map(({ heading, line, isFirst }) => ({
        ...placeOf(isFirst ? heading : line),
        at: isFirst ? heading.text : line.key,
        says: `systemd reads Environment= in [Service] and not below ${heading.text}.`,
        remedy: remedy(
          isFirst ? 'Write [Service].' : 'Move the line below [Service].',
          isFirst ? editing(picture, heading, () => '[Service]') : [],
        ),
      })),
    ),
};

function wronglyPlaced(unit: UnitDocument): { heading: UnitLine; line: UnitLine; isFirst: boolean }[] {
  if (unit.role === 'manager') return [];
  const found: { heading: UnitLine; line: UnitLine; isFirst: boolean }[] = [];
  let heading: UnitLine | undefined;
  let before = 0;
  for (const line of unit.lines) {
    if (line.isHeading) [heading, before] = [line, 0];
    else if (heading && isWrong(heading.text)) {
      const concerns =
        /^Environment(?:File)?$/.test(line.key) && (isAboutProxy(line.text) || line.key !== 'Environment');
      if (concerns && !found.some((each) => each.heading === heading))
        found.push({ heading, line, isFirst: before === 0 });
      before += 1;
    }
  }
  return found;
}

/** Sections of other kinds of units have an environment, too; those that begin with X- are meant to be ignored. */
const isWrong = (heading: string): boolean =>
  heading !== '[Service]' &&
  (/^\[\s*service/i.test(heading) ||
    isMisspelled(heading) ||
    /^\[(?:Unit|Install|Manager|Environment|Docker|Global|Default)\]$/i.test(heading));

const OF_OTHER_UNITS = /^\[(?:Socket|Timer|Mount|Automount|Swap|Path|Slice|Scope|X-.*)\]$/;

/** [Servce], [Serivce] and the like. */
const isMisspelled = (heading: string): boolean =>
  !OF_OTHER_UNITS.test(heading) && distance(heading.toLowerCase(), '[service]') <= 2;
