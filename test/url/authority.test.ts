import { expect, it } from 'vitest';
import { bracketed, hostOf, joinHostPort, portOf } from '../../harness/url/index.ts';

it.each([
  ['p', 3128, 'p:3128'],
  ['::1', 80, '[::1]:80'],
  ['fd00::1', undefined, '[fd00::1]'],
  ['10.0.0.1', '8080', '10.0.0.1:8080'],
] as const)('the authority of %s and %s is %s', (host, port, text) => {
  expect(joinHostPort(host, port)).toBe(text);
  expect(text.startsWith(bracketed(host))).toBe(true);
});

it.each([
  ['http://a', 'a', 80],
  ['https://a', 'a', 443],
  ['https://a:8443', 'a', 8443],
  ['http://[fd00:0::1]:1', 'fd00::1', 1],
] as const)('%s leads to %s, port %d', (url, host, port) => {
  expect(hostOf(new URL(url))).toBe(host);
  expect(portOf(new URL(url))).toBe(port);
});
