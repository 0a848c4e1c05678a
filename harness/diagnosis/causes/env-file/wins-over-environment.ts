import type { Assigned } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import { editing, isAboutProxy, placeOf, remedy } from '../_editing.ts';
import { isSameValue } from '../_same-value.ts';
import type { Cause, Found } from '../cause.ts';
import { type Better, betterOf } from './_better.ts';
import { readFiles } from './_read-by.ts';

export const winsOverEnvironmentCause: Cause = {
  id: 'env-file/wins-over-environment',
  severity: 'error',
  title: 'What the file of EnvironmentFile= sets wins over Environment=.',
  seen: 'The same variable in Environment= and in the file that EnvironmentFile= names, with different values; a warning where the file has the fuller list. The order of the two lines does not matter. Equal values are none.',
  fix: 'Set each variable in the file alone, to what is meant.',
  symptoms: ['the old proxy is still used after the drop-in was changed'],
  find: (picture) =>
    readFiles(picture).flatMap(({ document, units, unit }) =>
      document.assignments.flatMap((each) => {
        if (each.exported || !isAboutProxy(each.name)) return [];
        const other = units
          .flatMap(({ assignments }) => assignments)
          .findLast(({ name, value }) => name === each.name && !isSameValue(name, value, each.value));
        return other ? [finding(picture, unit, each, other)] : [];
      }),
    ),
};

function finding(picture: Picture, unit: string, own: Assigned, other: Assigned): Found {
  const better = betterOf(picture, unit, own.name, own.value, other.value);
  const there = `${other.file}:${other.line}`;
  return {
    ...placeOf(own),
    ...(better.is === 'first' ? { severity: 'warning' } : {}),
    at: own.name,
    says: `${own.name} is set in ${there} as well, to something else. What this file says wins, wherever EnvironmentFile= stands, so ${unit} gets this value${comesOf(better)}.`,
    remedy: remedyOf(picture, own, other, better),
  };
}

/** What comes of the value that wins. */
function comesOf({ is, hosts, failure }: Better): string {
  const seen = failure ? `${failure.file}:${failure.line}` : '';
  if (is !== 'second') return '';
  if (hosts.length === 0) return `, and this proxy could not be reached (${seen})`;
  const asked = failure ? `: the proxy is asked for it, and answers ${failure.status ?? 503} (${seen})` : '';
  return `, which lacks ${hosts.join(' and ')}${asked}`;
}

function remedyOf(picture: Picture, own: Assigned, other: Assigned, { is, hosts }: Better): Found['remedy'] {
  const there = `${other.file}:${other.line}`;
  if (is === 'first')
    return remedy(`This list has ${hosts.join(' and ')}, which the other lacks: take ${own.name} out of ${there}.`);
  if (is === 'unknown')
    return remedy(
      `If the value of ${there} is meant, write it here, or take ${own.name} out of this file. To change it there has no effect.`,
    );
  // What needs quotation marks or an escape is left to people.
  const isPlain = /^[\w.,:/@*-]+$/.test(other.value);
  const edits = isPlain ? editing(picture, own, (line) => line.replace(own.value, () => other.value)) : [];
  const has = hosts.length > 0 ? `, which has ${hosts.join(' and ')}` : '';
  return remedy(
    `Write the value of ${there} here${has}. To take ${own.name} out there would change nothing.`,
    own.value === '' ? [] : edits,
  );
}
