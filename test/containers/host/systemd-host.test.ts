import { expect, it } from 'vitest';
import { SystemdHost } from '../../../harness/containers/host/index.ts';
import { startWorld } from '../../../harness/world/index.ts';
import { noDocker } from '../_here.ts';

const UNIT = '[Service]\nType=oneshot\nExecStart=/bin/echo the unit has run\n';

it.skipIf(noDocker)(
  'a host boots Docker, cntlm and a runner as services, and boots again',
  { timeout: 300_000 },
  async () => {
    await using world = await startWorld({ proxy: { kind: 'basic' }, docker: {} }, { for: 'programs' });
    const runner = '#!/bin/sh\necho "asked to $1"\nexec sleep infinity\n';
    await using host = await SystemdHost.boot(world.docker, world.ledger, {
      installation: { volumes: [], programs: { '/usr/local/bin/gitlab-runner': runner } },
      files: { '/etc/systemd/system/said.service': UNIT },
      images: ['small'],
    });

    expect(await host.bridgeAddress()).toBe('172.17.0.1');
    for (const service of ['docker', 'cntlm', 'gitlab-runner']) {
      expect(await host.must('systemctl', 'is-active', service)).toBe('active\n');
    }
    expect(await host.must('docker', 'images', '--format', '{{.Repository}}')).toBe('proxyproof/small\n');
    const inside = ['docker', 'run', '--rm', world.docker.image('small'), 'git', '--version'];
    expect(await host.must(...inside)).toMatch(/^git version/);
    await host.must('systemctl', 'start', 'said');
    await expect(host.must('cat', '/nowhere')).rejects.toThrow(
      'The command cat /nowhere failed on host with exit code 1: cat: /nowhere: No such file or directory',
    );

    await host.write('/etc/deep/file', 'kept\n', 0o600);
    expect(await host.must('stat', '--format', '%a', '/etc/deep/file')).toBe('600\n');
    await host.reboot();
    expect(await host.read('/etc/deep/file')).toBe('kept\n');
    expect(await host.read('/etc/deep/none')).toBeUndefined();
    expect(await host.must(...inside)).toMatch(/^git version/);

    const said = await world.until(
      "the runner's second start in the journal",
      (seen) => (seen.logs(/^asked to run$/).length > 1 ? seen.logs(/^asked to run$/) : undefined),
      20_000,
    );
    expect(said.map(({ process }) => process)).toEqual(['gitlab-runner.service', 'gitlab-runner.service']);
    const starts = world.evidence.logs(/^Started docker\.service/, 'harness');
    expect(starts.map(({ process }) => process)).toEqual(['docker.service', 'docker.service']);
    expect(world.evidence.of('act').map(({ what }) => what)).toContain('host# cat /nowhere (exit code 1)');
    expect(world.evidence.tripwire()).toEqual([]);
  },
);
