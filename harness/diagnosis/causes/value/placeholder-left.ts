import type { Cause } from '../cause.ts';
import { flawFindings } from './_finding.ts';

export const placeholderLeftCause: Cause = {
  id: 'value/placeholder-left',
  severity: 'error',
  title: 'A name out of the instructions was left in.',
  seen: 'PROXY_HOST, docker0_interface_ip, <proxy>, your.proxy or 0.0.0.0 stands as the host.',
  fix: 'Write the real host.',
  symptoms: ['lookup proxy_host: no such host', 'Could not resolve proxy: PROXY_HOST'],
  find: (picture) =>
    flawFindings(picture, 'placeholder-left', {
      says: ({ name }) => `The host in ${name} is a word of the instructions, and no proxy of yours.`,
      remedy: "Write your proxy's own name or address.",
    }),
};
