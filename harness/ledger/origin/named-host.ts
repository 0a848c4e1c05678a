/** Names of the origin's own listener, for whoever asks it from the machine it runs on. */
const OWN_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * What is wrong with the host that a request names: it must be the one that it was sent to (RFC 9110 section 7.2).
 * @param host the value of `Host`
 * @param origin host and port by which clients know the origin
 * @returns a sentence; undefined when all is well
 */
export function wrongHost(host: string | undefined, origin: string): string | undefined {
  if (host === undefined) return 'This request names no Host.';
  if (host.toLowerCase() === origin.toLowerCase() || OWN_MACHINE.test(host)) return undefined;
  return `This request came to ${origin}, but its Host is ${host}.`;
}
