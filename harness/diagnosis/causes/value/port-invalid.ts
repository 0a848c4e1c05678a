import type { Cause } from '../cause.ts';
import { flawFindings } from './_finding.ts';

export const portInvalidCause: Cause = {
  id: 'value/port-invalid',
  severity: 'error',
  title: 'What stands behind the colon is no port.',
  seen: 'Letters, signs, nothing, 0 or a number above 65535.',
  fix: 'Write a number from 1 to 65535.',
  symptoms: ['Unsupported proxy syntax', 'invalid port'],
  find: (picture) =>
    flawFindings(picture, 'port-invalid', {
      says: ({ name }) =>
        `What stands behind the colon in ${name} is no port, so clients refuse the value or go elsewhere.`,
      remedy: 'Write a number from 1 to 65535.',
      when: ({ value, scope }) => !(scope.of === 'service' && /[;,]$/.test(value)),
    }),
};
