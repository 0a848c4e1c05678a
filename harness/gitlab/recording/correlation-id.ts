import { randomInt } from 'node:crypto';

/** Crockford's base 32, as a ULID is written in. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_DIGITS = 10;
const RANDOM_DIGITS = 16;

/**
 * The id under which GitLab's logs have a request, as its `X-Request-Id` says: one of its own making, a ULID, whatever id the client
 * sent. Source: the FAQ of GitLab Runner 18.11, “Correlation IDs in GitLab Runner logs”.
 * @param now the time of day, in milliseconds since the epoch
 */
export function correlationId(now: number): string {
  let time = '';
  for (let rest = Math.floor(now); time.length < TIME_DIGITS; rest = Math.floor(rest / DIGITS.length)) {
    time = DIGITS.charAt(rest % DIGITS.length) + time;
  }
  return time + Array.from({ length: RANDOM_DIGITS }, () => DIGITS.charAt(randomInt(DIGITS.length))).join('');
}
