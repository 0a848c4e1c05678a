import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../harness/reproduce/plan/refusal.ts';
import { CONFIG, DROP_IN, pictureOf } from './_bundle.ts';

const BOOKWORM = '20.10.24+dfsg1';

describe('a case that cannot be stood up', () => {
  it.each([
    [
      'an executor',
      { 'etc/gitlab-runner/config.toml': CONFIG.replace('"docker"', '"kubernetes"') },
      'executor kubernetes',
    ],
    ['an address', { [DROP_IN]: '[Service]\nEnvironment="HTTP_PROXY=http://[2001:db8::10]:3128"\n' }, 'IPv6 address'],
    [
      'proxies of a daemon.json that this Docker does not read',
      { 'etc/docker/daemon.json': '{ "proxies": { "http-proxy": "http://p.example:3128" } }' },
      'give --generation docker=sid',
    ],
  ])('is refused in a sentence for %s', (_what, files, says) => {
    expect(refusalOf(pictureOf(files), BOOKWORM)).toContain(says);
  });

  it('is none where all of it can be had', () => {
    expect(refusalOf(pictureOf({ 'etc/gitlab-runner/config.toml': CONFIG }), BOOKWORM)).toBeUndefined();
    const proxies = { 'etc/docker/daemon.json': '{ "proxies": { "http-proxy": "http://p.example:3128" } }' };
    expect(refusalOf(pictureOf(proxies), '28.5.2+dfsg4')).toBeUndefined();
  });
});
