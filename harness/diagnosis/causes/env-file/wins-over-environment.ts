import { isAboutProxy, placeOf, remedy } from '../_editing.ts';
import { isSameValue } from '../_same-value.ts';
import type { Cause } from '../cause.ts';
import { readFiles } from './_read-by.ts';

export const winsOverEnvironmentCause: Cause = {
  id: 'env-file/wins-over-environment',
  severity: 'error',
  title: 'What the file of EnvironmentFile= sets wins over Environment=.',
  seen: 'The same variable in Environment= and in the file that EnvironmentFile= names, with different values. The order of the two lines does not matter. Equal values are none.',
  fix: 'Set each variable in one place.',
  symptoms: ['the old proxy is still used after the drop-in was changed'],
  find: (picture) =>
    readFiles(picture).flatMap(({ document, units, unit }) =>
      document.assignments.flatMap((each) => {
        if (each.exported || !isAboutProxy(each.name)) return [];
        const other = units
          .flatMap(({ assignments }) => assignments)
          .findLast(({ name, value }) => name === each.name && !isSameValue(name, value, each.value));
        if (!other) return [];
        return [
          {
            ...placeOf(each),
            at: each.name,
            says: `${each.name} is set in ${other.file} as well, to something else. What this file says wins, wherever EnvironmentFile= stands, so ${unit} gets this value.`,
            remedy: remedy(`Write here what is meant, or take ${each.name} out of one of the two files.`),
          },
        ];
      }),
    ),
};
