import { expect, it } from 'vitest';
import { wrongHost } from '../../harness/ledger/index.ts';

it.each([
  ['gitlab.test:41000', undefined],
  ['GITLAB.test:41000', undefined],
  ['127.0.0.1:41000', undefined],
  ['gitlab.test', 'This request came to gitlab.test:41000, but its Host is gitlab.test.'],
  ['proxy.test:3128', 'This request came to gitlab.test:41000, but its Host is proxy.test:3128.'],
  [undefined, 'This request names no Host.'],
])('a request with the Host %s', (host, expected) => {
  expect(wrongHost(host, 'gitlab.test:41000')).toBe(expected);
});
