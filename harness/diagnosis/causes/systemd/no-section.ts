import type { Cause } from '../cause.ts';
import { editing, isAboutProxy, placeOf, remedy } from './_units.ts';

export const noSectionCause: Cause = {
  id: 'systemd/no-section',
  severity: 'error',
  title: 'Assignments stand before any section, where systemd ignores them.',
  seen: 'Environment= in a unit or drop-in with no [Service] above it. What systemctl show prints, and the file of an EnvironmentFile=, have no sections.',
  fix: 'Write [Service] as the first line.',
  symptoms: ['Assignment outside of section. Ignoring.'],
  find: (picture) =>
    picture.all('unit').flatMap(({ lines }) => {
      const line = lines.find(
        ({ isHeading, section, key, text }) =>
          !isHeading && section === undefined && (/^Environment(?:File)?$/.test(key) || isAboutProxy(text)),
      );
      // A heading that is written wrongly is told of as such.
      if (!line || lines.some((each) => each.isHeading && each.line < line.line)) return [];
      return [
        {
          ...placeOf(line),
          says: 'No [Service] stands above this line, so systemd ignores it and all that follows.',
          remedy: remedy(
            'Write [Service] as the first line.',
            editing(picture, line, (text) => `[Service]\n${text}`),
          ),
        },
      ];
    }),
};
