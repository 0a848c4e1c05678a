import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { findControlGroups } from '../../harness/process/control-groups.ts';
import { environmentOf, readProcesses } from '../../harness/process/index.ts';
import { startWorld } from '../../harness/world/index.ts';
import { noDocker } from './_here.ts';

/** Daemons of one world, whatever other tests have running. @param dir the world's own */
const daemonsOf = (dir: string) =>
  readProcesses().filter(({ pid, name }) => name === 'dockerd' && environmentOf(pid).get('HOME') === dir);

it.skipIf(noDocker)(
  'an engine has its images, tells of its containers, and leaves nothing',
  { timeout: 300_000 },
  async () => {
    let dir = '';
    {
      await using world = await startWorld({ proxy: { kind: 'basic' }, docker: {} }, { for: 'programs' });
      dir = world.host.dir;
      const { docker } = world;
      await using container = await docker.run({
        name: 'probe',
        image: 'base',
        command: ['sleep', 'infinity'],
        env: { GREETING: 'hello' },
        files: { '/etc/greeting': 'from a file\n' },
      });
      expect(
        await container.exec(['sh', '-c', 'echo $GREETING; cat /etc/greeting; cat >&2; exit 3'], { stdin: 'in' }),
      ).toEqual({
        code: 3,
        stdout: 'hello\nfrom a file\n',
        stderr: 'in',
      });
      const status = (url: string, ...options: string[]) =>
        container.exec(['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', ...options, url]);
      expect((await status(`${world.gitlabUrl}/api/v4/x`, '-x', world.proxy.url)).stdout).toBe('404');
      expect((await status(`${world.gitlabUrl}/api/v4/y`)).stdout).toBe('403');
      expect(world.evidence.proxy().map(({ target }) => target)).toEqual([`${world.gitlabUrl}/api/v4/x`]);
      expect(world.evidence.tripwire().map(({ detail }) => detail)).toEqual(['GET /api/v4/y HTTP/1.1']);
      const started = await world.until(
        'the container event',
        (seen) => seen.of('container').find(({ what }) => what === 'started'),
        5_000,
      );
      const created = world.evidence.of('container').find(({ what }) => what === 'created');
      expect(created?.inspect?.env).toContain('GREETING=hello');
      expect(started.addresses).toEqual([container.address]);
      await expect(container.exec(['sleep', '5'], { limitMs: 100 })).rejects.toThrow(
        'sleep 5 in the container probe did not end within 0.1 s',
      );
      await expect(docker.run({ name: 'probe', image: 'base' })).rejects.toThrow(
        'The container probe could not be started',
      );
      expect(daemonsOf(dirname(dir))).toHaveLength(1);
    }
    expect(daemonsOf(dirname(dir))).toEqual([]);
    expect(() => readdirSync(dir)).toThrow('ENOENT');
    expect(findControlGroups().filter(({ run }) => run.pid === process.pid)).toEqual([]);
  },
);

it.skipIf(noDocker)(
  'an engine without images says so, and one that is not declared, too',
  { timeout: 180_000 },
  async () => {
    await using world = await startWorld({ docker: { images: 'none' } }, { for: 'programs' });
    expect(await world.docker.docker.listImages()).toEqual([]);
    expect(() => world.docker.image('job')).toThrow('declare docker.images as all');
    await using other = await startWorld({});
    expect(() => other.docker).toThrow('This world has no Docker engine');
  },
);
