import type { Cause } from '../cause.ts';
import { editing, isAboutProxy, placeOf, proxyWords, remedy } from './_units.ts';

const NEXT = /\s+(?=[A-Za-z_]\w*=)/;

export const oneQuotedStringCause: Cause = {
  id: 'systemd/one-quoted-string',
  severity: 'error',
  title: 'Several assignments stand in one pair of quotes, so the first variable gets them all as its value.',
  seen: 'A quoted assignment of Environment= whose value has a blank and another NAME= in it. Several assignments in one line are right where each has quotes of its own, and so is a value with blanks that names no variable.',
  fix: 'Give each assignment quotes of its own.',
  symptoms: ['invalid port, parse error of the proxy', 'proxyconnect tcp: dial tcp: lookup'],
  find: (picture) =>
    proxyWords(picture).flatMap((word) => {
      const { name, value, text, raw } = word;
      const parts = text.split(NEXT);
      const others = parts.slice(1).flatMap((part) => /^\w+/.exec(part)?.[0] ?? []);
      if (name === undefined || !/["']/.test(raw) || !NEXT.test(value) || !others.some(isAboutProxy)) return [];
      const each = parts.map((part) => `"${part.replace(/["']/g, '')}"`).join(' ');
      return [
        {
          ...placeOf(word),
          says: `This is one assignment for systemd: ${name} gets all the rest, and ${others.join(' and ')} ${others.length === 1 ? 'is' : 'are'} not set.`,
          remedy: remedy(
            'Give each assignment quotes of its own.',
            editing(picture, word, (line) => line.replace(raw, () => each)),
          ),
        },
      ];
    }),
};
