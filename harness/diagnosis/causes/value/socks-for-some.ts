import type { Cause } from '../cause.ts';
import { flawFindings } from './_finding.ts';

export const socksForSomeCause: Cause = {
  id: 'value/socks-for-some',
  severity: 'note',
  title: 'A SOCKS proxy, which some clients do not know.',
  seen: 'A value with socks5:// or the like: Go, curl and git take it; wget, apt, Ruby and Python without extras do not.',
  fix: 'Use an HTTP proxy where there is one.',
  symptoms: ['unsupported proxy scheme socks5', 'wget ignores the proxy'],
  find: (picture) =>
    flawFindings(picture, 'socks-for-some', {
      says: ({ name }) =>
        `${name} names a SOCKS proxy: Go's programs, curl and git take that; wget, apt, Ruby and Python without extras do not.`,
      remedy: 'Use an HTTP proxy where there is one.',
    }),
};
