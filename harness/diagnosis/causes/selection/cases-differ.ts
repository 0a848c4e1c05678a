import { scopesOf } from '../_scopes.ts';
import { runnerOf } from '../_values.ts';
import type { Cause } from '../cause.ts';

const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'] as const;

export const casesDifferCause: Cause = {
  id: 'selection/cases-differ',
  severity: 'warning',
  title: 'A variable has another value in upper than in lower case.',
  seen: 'The values that count of HTTP_PROXY and http_proxy (or of the others) differ by more than a missing http://, a slash at the end, or the order of entries: Go, npm and Perl take the one, curl, git, wget and Python the other.',
  fix: 'Give both the same value.',
  symptoms: ['curl uses another proxy than docker'],
  find: (picture) =>
    scopesOf(picture).flatMap(({ scope, settings }) =>
      NAMES.flatMap((name) => {
        const upper = settings.find((each) => each.name === name);
        const lower = settings.find((each) => each.name === name.toLowerCase());
        if (!upper || !lower || meant(name, upper.value) === meant(name, lower.value)) return [];
        const later = lower.line > upper.line || lower.file !== upper.file ? lower : upper;
        return [
          {
            file: later.file,
            line: later.line,
            at: later.name,
            says: `${name} and ${name.toLowerCase()} have different values: Go's programs and npm take the one, curl, git, wget and Python the other.`,
            remedy: { says: 'Give both the same value.' },
            ...runnerOf(scope, picture),
          },
        ];
      }),
    ),
};

/** What a value means, however it is spelled. */
function meant(name: string, value: string): string {
  if (name === 'NO_PROXY')
    return value
      .split(',')
      .map((entry) => entry.trim().toLowerCase())
      .filter((entry) => entry !== '')
      .sort()
      .join(',');
  return value
    .trim()
    .replace(/^http:\/\//i, '')
    .replace(/\/$/, '');
}
