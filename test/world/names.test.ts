import { describe, expect, it } from 'vitest';
import { lookup, nameOf } from '../../harness/world/names.ts';

describe('the names of a world', () => {
  it.each([
    ['gitlab.test', '192.0.2.10'],
    ['GitLab.Test', '192.0.2.10'],
    ['gitlab.test.', '192.0.2.10'],
    ['proxy.test', '192.0.2.1'],
    ['198.51.100.7', '198.51.100.7'],
    ['localhost', '127.0.0.1'],
    ['www.example.com', undefined],
    ['sub.gitlab.test', undefined],
  ])('lead from %s to %s', (host, address) => expect(lookup(host)).toBe(address));

  it.each([
    ['192.0.2.10', 'gitlab.test'],
    ['127.0.0.1', '127.0.0.1'],
    ['198.51.100.7', '198.51.100.7'],
  ])('are told from the address %s: %s', (address, name) => expect(nameOf(address)).toBe(name));
});
