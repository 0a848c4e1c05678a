import { expect, it } from 'vitest';
import { planMounts } from '../../harness/world/namespace/plan-mounts.ts';

const NOTHING = { empty: [], covered: [], kept: [], readable: [] };
const FILE = /\/(hosts|runner|token|[a-z]+\.sock|[a-z]+\.conf)$/;
const plan = (view: Partial<typeof NOTHING> | Record<string, string[]>, files: [string, string][] = []) =>
  planMounts({
    dir: '/tmp/run/world/ns',
    view: { ...NOTHING, ...view },
    files: new Map(files),
    isFile: (path) => FILE.test(path),
  });
const lines = (table: string): string[] => table.split('\n').filter(Boolean);

it('mounts what is kept in a directory of its own, which then takes the place of the hidden one', () => {
  const { mounts, directories } = plan({ empty: ['/tmp', '/run'], kept: ['/tmp/run/world', '/usr/bin'] });
  expect(lines(mounts)).toEqual([
    // The world's own directory has the stage in it, so what is mounted there does not go along.
    '/tmp/run/world /tmp/run/world/ns/stage/0/run/world none bind 0 0',
    '/tmp/run/world/ns/stage/0 /tmp none rbind 0 0',
    '/tmp/run/world/ns/stage/1 /run none rbind 0 0',
  ]);
  expect(directories).toEqual([
    { path: '/tmp/run/world/ns/stage/0', like: '/tmp' },
    { path: '/tmp/run/world/ns/stage/0/run/world' },
    { path: '/tmp/run/world/ns/stage/1', like: '/run' },
  ]);
});

it('hides what lies in something kept before that is mounted, and leaves out what is hidden anyway', () => {
  const view = {
    empty: ['/tmp', '/tmp/clone/runs', '/tmp/other'],
    kept: ['/tmp/clone', '/tmp/clone/runs/tool/runner'],
  };
  const { mounts, files } = plan({ ...view, covered: ['/tmp/x.sock', '/tmp/clone/y.sock', '/srv/z.sock'] });
  expect(lines(mounts)).toEqual([
    '/tmp/clone/runs/tool/runner /tmp/run/world/ns/stage/0/tool/runner none rbind 0 0',
    '/tmp/run/world/ns/stage/0 /tmp/clone/runs none rbind 0 0',
    '/tmp/clone /tmp/run/world/ns/stage/1/clone none rbind 0 0',
    '/tmp/run/world/ns/stage/1 /tmp none rbind 0 0',
  ]);
  expect(files).toEqual(['/tmp/run/world/ns/stage/0/tool/runner']);
  expect(plan({ ...view, covered: ['/tmp/x.sock', '/tmp/clone/y.sock', '/srv/z.sock'] }).covered).toEqual([
    '/tmp/clone/y.sock',
    '/srv/z.sock',
  ]);
});

it('puts a file of the namespace where a link of /etc leads, hidden or not', () => {
  const { mounts, files } = plan({ empty: ['/run'] }, [
    ['/etc/hosts', '/tmp/run/world/ns/hosts'],
    ['/run/systemd/resolve/stub.conf', '/tmp/run/world/ns/resolv.conf'],
  ]);
  expect(lines(mounts)).toEqual([
    '/tmp/run/world/ns/hosts /etc/hosts none bind 0 0',
    '/tmp/run/world/ns/resolv.conf /tmp/run/world/ns/stage/0/systemd/resolve/stub.conf none rbind 0 0',
    '/tmp/run/world/ns/stage/0 /run none rbind 0 0',
  ]);
  expect(files).toEqual(['/tmp/run/world/ns/stage/0/systemd/resolve/stub.conf']);
});

it('writes blanks and backslashes as fstab has them, and lets nobody change what is readable', () => {
  const { mounts, covers } = plan({ empty: ['/my tmp'], readable: ['/my tmp/a\\b'], covered: ['/srv/a\tb.sock'] });
  expect(lines(mounts)[0]).toBe('/my\\040tmp/a\\134b /tmp/run/world/ns/stage/0/a\\134b none bind,ro 0 0');
  expect(covers).toBe('/dev/null /srv/a\\011b.sock none bind 0 0\n');
});

it('hides a directory though it is said to be kept', () => {
  expect(plan({ empty: ['/tmp'], kept: ['/tmp'] }).mounts).toContain(' /tmp none rbind');
});
