import { describe, expect, it } from 'vitest';
import { duration } from '../../../harness/conformance/finding.ts';
import { measuredValue, sameValue } from '../../../harness/report/measured/index.ts';

/** A quantity in short: `3 requests`, `28.1 s after`. */
const amountsOf = (sentence: string): string[] =>
  measuredValue(sentence).amounts.map(({ amount, unit, name }) =>
    [amount, unit, name].filter((word) => word !== '').join(' '),
  );

describe('the quantities of a measured answer', () => {
  it.each([
    ['30 requests in 10.0 s, the second 0.00 s after the 429', ['30 requests', '10 s in', '0 s the second']],
    ['git asked again 0.00 s later, 1 request in all', ['0 s git asked again … later', '1 requests']],
    ['500: 2 retries, after 1.01 s, 2.05 s', ['2 retries', '1.01 s after', '2.05 s measured']],
    ['503: 1 retry, after 59.0 s', ['1 retries', '59 s after']],
    ['on Retry-After: 7 the request came again after 5 min 2 s', ['302 s the request came again after']],
    ['10 requests from 0.00 s to 6.30 s after the reset time', ['10 requests', '0 s from', '6.3 s to']],
    ['1 of 12 are lost: number 3', ['1 lost', '12 in all']],
    ['forward: 1 more in 15.0 s, the first after 4.40 s', ['1 more', '15 s in', '4.4 s the first after']],
    ['not at all: there was 1 failed log-in', ['1 failed log-ins']],
    ['1.5 MiB of blobs, 36 % of it at once', ['1572864 bytes measured', '36 % measured']],
    [
      'with Docker 20.10.24, the push was given up after 52 s; blobs were sent 2 times, the registry has the image',
      ['52 s the push was given up after', '2 times'],
    ],
    ['the daemon gets through: 4 answers of 407, and it offered Basic', ['4 answers']],
  ])('%s', (sentence, expected) => {
    expect(amountsOf(sentence)).toEqual(expected);
  });

  it.each([
    'GitLab answered 400 to a request for jobs',
    'The runner said “Checking for jobs... failed: 400 Bad Request”',
    'it says nothing: its log has the requests and no word of the 407',
    'It said: exit code 128; status 407',
    'Docker 20.10.24 speaks 1.12 to 1.41',
    'the docker CLI 28.5.2 of the job asks for 1.51',
    'HTTP_PROXY=http://a%20b.test:3128 is used',
    'numeric-zone: not taken for a date',
    '502: no retry in the time watched',
  ])('are none in: %s', (sentence) => {
    expect(measuredValue(sentence)).toEqual({ answer: sentence, amounts: [] });
  });

  it.each([0, 4, 3_020, 60_000, 302_000, -1_500])('reads every duration that a judge writes: %d ms', (ms) => {
    expect(measuredValue(`again after ${duration(ms)}`)).toEqual({
      answer: 'again after … s',
      amounts: [{ amount: ms === 4 ? 0 : ms / 1000, unit: 's', name: 'again after' }],
    });
  });
});

describe('two measured answers', () => {
  it.each([
    ['rfc1123: taken for a date, again after 6.53 s', 'rfc1123: taken for a date, again after 6.02 s'],
    ['again after 60.0 s', 'again after 63.1 s'],
    [
      '15 requests in 10.0 s, the second 0.10 s after the 429',
      '17 requests in 10.0 s, the second 0.30 s after the 429',
    ],
    ['the clone went around the proxy, to gitlab.test:36823', 'the clone went around the proxy, to gitlab.test:41207'],
    ['it says: 2026-11-29T10:28:32Z refused', 'it says: 2027-01-02T03:04:05Z refused'],
    ['container 0123456789abcdef0 ended', 'container fedcba98765432100 ended'],
  ])('are the same: %s / %s', (a, b) => {
    expect(sameValue(a, b)).toBe(true);
  });

  it.each([
    ['again after 60.0 s', 'again after 53.0 s'],
    ['5 requests in 10.0 s', '7 requests in 10.0 s'],
    ['11 requests in 10.0 s', '15 requests in 10.0 s'],
    ['forward: 1 more in 15.0 s', 'forward: 2 more in 15.0 s'],
    ['git asked again 0.00 s later, 5 requests in all', 'git asked again 0.00 s later, 6 requests in all'],
    ['GitLab answered 400 to a request', 'GitLab answered 403 to a request'],
    ['by NO_PROXY: directly', 'by NO_PROXY: by the proxy'],
    ['500: 1 retry, after 1.00 s', '500: 2 retries, after 1.00 s, 1.00 s'],
    ['Docker 20.10.24 speaks 1.12 to 1.41', 'Docker 26.1.5 speaks 1.24 to 1.45'],
    ['curl from registry.test:5000', 'curl from registry.test:5001'],
  ])('are not: %s / %s', (a, b) => {
    expect(sameValue(a, b)).toBe(false);
  });
});
