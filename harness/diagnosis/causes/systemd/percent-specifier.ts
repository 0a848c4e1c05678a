import type { Cause } from '../cause.ts';
import { editing, placeOf, proxyWords, remedy } from './_units.ts';

export const percentSpecifierCause: Cause = {
  id: 'systemd/percent-specifier',
  severity: 'error',
  title: 'A percent sign in a unit stands for something else, so the value is changed or dropped.',
  seen: '% in Environment= that is not doubled: systemd drops an assignment with %40 and replaces %C, %S, %h and others by names of its own. %% is right here; in the file that EnvironmentFile= names, and in daemon.json, a single % is.',
  fix: 'Double each percent sign: %%23 for %23.',
  symptoms: ['Failed to resolve specifiers', 'Invalid slot', 'Failed to resolve unit specifiers'],
  find: (picture) =>
    proxyWords(picture).flatMap((word) => {
      const { name, text, specifiers, raw } = word;
      if (specifiers.length === 0) return [];
      const variable = name ?? /^\w+(?==)/.exec(text)?.[0] ?? 'the variable';
      return [
        {
          ...placeOf(word),
          says: `systemd takes a single % for the beginning of a specifier: it drops ${variable}, or puts something else into it.`,
          remedy: remedy(
            'Double each percent sign: %%23 for %23.',
            editing(picture, word, (line) => line.replace(raw, (all) => all.replace(/%%?/g, '%%'))),
          ),
        },
      ];
    }),
};
