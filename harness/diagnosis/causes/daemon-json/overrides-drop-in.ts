import { placeOf, remedy } from '../_editing.ts';
import { isSameValue } from '../_same-value.ts';
import type { Cause } from '../cause.ts';
import { versionWithoutProxies } from './_version.ts';

export const overridesDropInCause: Cause = {
  id: 'daemon-json/overrides-drop-in',
  severity: 'warning',
  title: 'daemon.json and the drop-in name different proxies, and daemon.json wins.',
  seen: 'The same setting in both files with values that differ, with dockerd 23.0 or newer. Equal values are none.',
  fix: 'Set the proxies in one place.',
  symptoms: [
    'the following directives are specified both as a flag and in the configuration file',
    'docker info shows another proxy than the drop-in',
  ],
  find: (picture) => {
    if (versionWithoutProxies(picture)) return [];
    const ofUnit = picture.effective('service', (scope) => scope.of === 'service' && scope.unit === 'docker');
    return picture.effective('daemon-json').flatMap((each) => {
      const other = ofUnit.find(
        ({ variable, value }) => variable === each.variable && !isSameValue(variable, value, each.value),
      );
      if (!other) return [];
      return [
        {
          ...placeOf(each),
          says: `${other.file} sets ${other.name} to something else, and dockerd takes what daemon.json says.`,
          remedy: remedy('Set the proxies in one of the two files.'),
        },
      ];
    });
  },
};
