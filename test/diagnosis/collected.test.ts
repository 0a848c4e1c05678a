import { describe, expect, it } from 'vitest';
import { diagnose } from '../../harness/diagnosis/index.ts';

const bundle = (files: Readonly<Record<string, string>>) => ({
  files: Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
  unread: [],
});

describe('a bundle of collect', () => {
  it('says what could not be taken', () => {
    const { read, unread } = diagnose(
      bundle({
        'collected.txt': [
          'gitlab-runner-version.txt: there is no gitlab-runner here.',
          '/etc/cntlm.conf: it may not be read. Run this as root.',
          'docker-info.txt: the command did not end within 8 seconds.',
          'Collected on 2026-11-28 10:23:44 +0000 by proxyproof collect. Secrets are replaced by others of the same shape.',
          '',
        ].join('\n'),
      }),
    );
    expect(read).toEqual([{ file: 'collected.txt', as: 'what collect could not take' }]);
    expect(unread).toEqual([
      { file: 'gitlab-runner-version.txt', why: 'was not made: there is no gitlab-runner here' },
      { file: '/etc/cntlm.conf', why: 'may not be read. Run this as root' },
      { file: 'docker-info.txt', why: 'was not made: the command did not end within 8 seconds' },
    ]);
  });

  it.each([
    [
      'docker-info.txt',
      'Client:\n Version: 28.2.2\n\nServer:\nERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\nerrors pretty printing info\n',
      'ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    ],
    [
      'systemctl-show.txt',
      "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\n",
      "System has not been booted with systemd as init system (PID 1). Can't operate",
    ],
    [
      'git-config.txt',
      "fatal: unable to read config file '/etc/gitconfig': No such file or directory\n",
      "fatal: unable to read config file '/etc/gitconfig': No such file or directory",
    ],
  ])('says of %s that its command failed', (file, text, line) => {
    const why = `holds an error alone, as the command failed: ${line}`;
    expect(diagnose(bundle({ [file]: text })).unread).toEqual([{ file, why }]);
  });

  it('does not show a line that may hold a secret', () => {
    const file = 'docker-info.txt';
    const text = 'ERROR: Get "http://svc:Sesame99@proxy.example/": x\n';
    expect(
      diagnose(bundle({ [file]: text }))
        .unread.map(({ why }) => why)
        .join(),
    ).not.toContain('Sesame99');
  });

  it('knows git’s configuration without a word of proxies, and journals without entries', () => {
    const { read, unread } = diagnose(
      bundle({ 'git-config.txt': 'filter.lfs.required=true\n', 'docker.log': '-- No entries --\n' }),
    );
    expect(read).toContainEqual({ file: 'git-config.txt', as: "git's configuration" });
    expect(unread).toEqual([]);
  });
});
