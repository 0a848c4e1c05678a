import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../harness/clients/index.ts';

describe('a target', () => {
  it.each([
    ['http://docker:2375/', 'http', 'docker', 2375, true],
    ['https://GitLab.example.com', 'https', 'GitLab.example.com', 443, false],
    ['HTTP://[fd00::1]:80/x?y#z', 'http', 'fd00::1', 80, true],
    ['http://gitlab.example.com.', 'http', 'gitlab.example.com.', 80, false],
  ])('%s is taken apart as it is spelled', (url, scheme, host, port, portIsWritten) => {
    expect(parseTarget(url)).toEqual({ url, scheme, host, port, portIsWritten });
  });

  it.each([
    'docker:2375',
    'tcp://docker:2375',
    'http://',
    'http://a b/',
    'http://[x]/',
    'http://a:99999/',
    'http://u@a/',
  ])('%s is none, and the message says how one is written', (url) => {
    expect(() => parseTarget(url)).toThrow(/is no URL with http or https and a host: write it like https:/);
  });
});
