import type { Cause } from '../cause.ts';
import { flawFindings } from './_finding.ts';

export const schemeMisspelledCause: Cause = {
  id: 'value/scheme-misspelled',
  severity: 'error',
  title: 'The scheme of the proxy URL is misspelled.',
  seen: 'http:/host, http//host, htttp://, a backslash, or a scheme twice.',
  fix: 'Write http://HOST:PORT.',
  symptoms: ['lookup http: no such host', 'Could not resolve proxy: http', 'unknown scheme'],
  find: (picture) =>
    flawFindings(picture, 'scheme-misspelled', {
      says: ({ name }) =>
        `The scheme in ${name} is misspelled, so clients look for a host called http, or say that the URL is wrong.`,
      remedy: 'Write http://HOST:PORT.',
    }),
};
