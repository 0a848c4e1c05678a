import { describe, expect, it } from 'vitest';
import { diagnose, takesEffect } from '../../harness/diagnosis/index.ts';

const UNIT = '[Service]\nEnvironmentFile=/etc/plant/proxy.env\n';
const FILES = {
  'etc/systemd/system/docker.service.d/proxy.conf': UNIT,
  'etc/systemd/system/gitlab-runner.service.d/proxy.conf': '[Service]\nEnvironment=HTTP_PROXY=http://p.example:1\n',
  'etc/plant/proxy.env': 'HTTP_PROXY=http://p.example:1\n',
  'etc/cntlm.conf': 'Username a\nDomain b\nPassword c\nProxy p.example:8080\nListen 3128\n',
  'etc/squid/squid.conf': 'http_port 3128\nacl SSL_ports port 443\nhttp_access deny all\n',
  'etc/gitlab-runner/config.toml': '[[runners]]\n  name = "r"\n',
  '.gitlab-ci.yml': 'test:\n  script: [make]\n',
  'etc/docker/daemon.json': '{"proxies": {"http-proxy": "http://p.example:1"}}\n',
  'root/.docker/config.json': '{"proxies": {"default": {"httpProxy": "http://p.example:1"}}}\n',
  'etc/profile.d/proxy.sh': 'export HTTP_PROXY=http://p.example:1\n',
  '.npmrc': 'proxy=http://p.example:1\n',
} as const;
const { picture } = diagnose({
  files: Object.entries(FILES).map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
  unread: [],
});
const effect = (...files: readonly (keyof typeof FILES)[]) =>
  takesEffect(
    picture,
    files.map((file) => ({ file, line: 1, to: '' })),
  );

describe('what makes a change count', () => {
  it.each([
    ['etc/systemd/system/docker.service.d/proxy.conf', 'systemctl daemon-reload; systemctl restart docker'],
    ['etc/plant/proxy.env', 'systemctl restart docker'],
    ['etc/cntlm.conf', 'systemctl restart cntlm'],
    ['etc/squid/squid.conf', 'squid -k reconfigure'],
    ['.gitlab-ci.yml', 'push .gitlab-ci.yml and run the job again'],
    ['etc/docker/daemon.json', 'systemctl restart docker'],
    ['etc/profile.d/proxy.sh', 'log in again'],
  ] as const)('%s', (file, says) => {
    expect(effect(file)).toBe(`For it to count: ${says}.`);
  });

  it.each([
    ['etc/gitlab-runner/config.toml', 'gitlab-runner reads config.toml again by itself'],
    ['root/.docker/config.json', 'docker reads config.json at every call'],
  ] as const)('nothing, for %s', (file, why) => {
    expect(effect(file)).toBe(`Nothing need be restarted: ${why}.`);
    expect(effect(file, 'etc/cntlm.conf')).toBe('For it to count: systemctl restart cntlm.');
  });

  it('is one line for all', () => {
    expect(
      effect(
        'etc/systemd/system/docker.service.d/proxy.conf',
        'etc/systemd/system/gitlab-runner.service.d/proxy.conf',
        'etc/docker/daemon.json',
        '.gitlab-ci.yml',
      ),
    ).toBe(
      'For it to count: systemctl daemon-reload; systemctl restart docker gitlab-runner; push .gitlab-ci.yml and run the job again.',
    );
  });

  it('is nothing where programs read a file anew', () => {
    expect(effect('.npmrc')).toBeUndefined();
    expect(effect()).toBeUndefined();
  });
});
