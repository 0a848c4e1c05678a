import type { Cause } from '../cause.ts';
import { flawFindings } from './_finding.ts';

export const ipv6WithoutBracketsCause: Cause = {
  id: 'value/ipv6-without-brackets',
  severity: 'error',
  title: 'An IPv6 address stands without brackets.',
  seen: 'More than one colon in the host, and no brackets around it.',
  fix: 'Write http://[ADDRESS]:PORT.',
  symptoms: ['too many colons in address', 'invalid port'],
  find: (picture) =>
    flawFindings(picture, 'ipv6-without-brackets', {
      says: ({ name }) =>
        `The IPv6 address in ${name} has no brackets, so nobody can tell where it ends and the port begins.`,
      remedy: 'Put the address into brackets: http://[ADDRESS]:PORT.',
    }),
};
