import type { Cause } from '../cause.ts';
import { flawFindings } from './_finding.ts';

export const passwordNotEncodedCause: Cause = {
  id: 'value/password-not-encoded',
  severity: 'error',
  title: 'User or password has a character that a URL may not have as it is.',
  seen: 'An @, #, /, ?, backslash, blank or a % without two hexadecimal digits stands before the last @. Right as they are: ! $ & + * ( ) , ; = and a colon in the password.',
  fix: 'Write such characters percent-encoded: %40 for @, %23 for #, %2F for /.',
  symptoms: ['Could not resolve proxy', 'Unsupported proxy syntax', 'invalid URL escape'],
  find: (picture) =>
    flawFindings(picture, 'password-not-encoded', {
      says: ({ name }) =>
        `User or password in ${name} have a character that a URL may not have as it is: clients cut the URL in different places, and ask another host for the way.`,
      remedy:
        'Write such characters percent-encoded: %40 for @, %23 for #, %2F for /, %25 for %; in a unit of systemd with %% for each %.',
    }),
};
