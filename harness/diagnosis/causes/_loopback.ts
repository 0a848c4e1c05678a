import { isLoopback } from '../../clients/address.ts';

/** Whether a host is what asks itself: `localhost`, or an address of the loopback, with or without brackets. */
export const isLoopbackHost = (host: string): boolean =>
  /^localhost$/i.test(host) || isLoopback(host.replace(/^\[|\]$/g, ''));
