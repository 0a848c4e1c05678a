import type { Cause } from '../cause.ts';
import { flawFindings } from './_finding.ts';

export const portMissingCause: Cause = {
  id: 'value/port-missing',
  severity: 'error',
  title: 'The proxy has no port.',
  seen: 'An http:// value without :PORT. Not https:// (443 everywhere) and socks (1080), nor an explicit :80.',
  fix: 'Write the port.',
  symptoms: ['connection refused at port 80 or 1080', 'Failed to connect to proxy port 1080'],
  find: (picture) =>
    flawFindings(picture, 'port-missing', {
      says: ({ name }) => `${name} names no port: curl and git then ask port 1080, Go and most others port 80.`,
      remedy: 'Write the port behind the host, such as :3128 or :8080.',
    }),
};
