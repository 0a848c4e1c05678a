import { editing, isAboutProxy, placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';
import { readFiles } from './_read-by.ts';

export const exportPrefixCause: Cause = {
  id: 'env-file/export-prefix',
  severity: 'error',
  title: 'systemd ignores lines with export in a file that EnvironmentFile= names.',
  seen: 'A unit with EnvironmentFile=, and in that file a line such as export HTTP_PROXY=…. Lines without export count; in a file for shells export is right.',
  fix: 'Take export away.',
  symptoms: ["Ignoring invalid environment assignment 'export"],
  find: (picture) =>
    readFiles(picture).flatMap(({ document, unit }) =>
      document.assignments
        .filter(({ exported, name }) => exported && isAboutProxy(name))
        .map((each) => ({
          ...placeOf(each),
          at: 'export',
          says: `systemd reads this file for ${unit} and ignores a line that begins with export, so ${unit} has no ${each.name} from here.`,
          remedy: remedy(
            'Take export away.',
            editing(picture, each, (line) => line.replace(/^(\s*)export\s+/, '$1')),
          ),
        })),
    ),
};
