import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { engineInfo, isRootless, needsOn, unfit } from '../../../harness/cli/in-docker/engine/judge-info.ts';
import { usualSockets, whySilent } from '../../../harness/cli/in-docker/engine/usual-sockets.ts';
import { scratch } from '../_tool.ts';

const info = (differs: object = {}) =>
  engineInfo.parse({
    ServerVersion: '27.3.1',
    OSType: 'linux',
    KernelVersion: '6.8.0-45-generic',
    SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns'],
    CgroupVersion: '2',
    CgroupDriver: 'systemd',
    ...differs,
  });
const rootless = { SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless', 'name=cgroupns'] };

test('an ordinary engine carries the harness, and so does a rootless one that has what it takes', () => {
  expect(unfit(info())).toBeUndefined();
  expect(unfit(info(rootless))).toBeUndefined();
  expect(isRootless(info(rootless))).toBe(true);
  expect(isRootless(info())).toBe(false);
  // Older engines say nothing of some of it.
  expect(unfit(engineInfo.parse({ ServerVersion: '19.3', OSType: 'linux', SecurityOptions: null }))).toBeUndefined();
});

test.each([
  ['Windows', { OSType: 'windows' }, /containers of windows/],
  ['rootless, control groups of version 1', { ...rootless, CgroupVersion: '1' }, /rootless with control groups of v/],
  ['rootless, without control groups', { ...rootless, CgroupDriver: 'none' }, /Delegate=yes/],
  ['rootless, an old kernel', { ...rootless, KernelVersion: '5.4.0-26' }, /Linux 5\.4\.0-26.*takes 5\.11/],
  ['rootless, a kernel just too old', { ...rootless, KernelVersion: '5.10.0' }, /takes 5\.11/],
])('not one that is %s', (_, differs, sentence) => {
  expect(unfit(info(differs))).toMatch(sentence);
});

test('what a container needs depends on the engine', () => {
  expect(needsOn(info(), ['bridge', 'host', 'none'])).toEqual({
    bridge: true,
    ownControlGroups: true,
    mapsUsers: false,
  });
  const other = info({ CgroupVersion: '1', SecurityOptions: ['name=userns'] });
  expect(needsOn(other, ['host', 'none'])).toEqual({ bridge: false, ownControlGroups: false, mapsUsers: true });
});

test('why none of the usual sockets leads to an engine', async () => {
  await using place = await scratch();
  const home = place.dir;
  const sockets = usualSockets({ XDG_RUNTIME_DIR: '/run/user/1000' }, home);
  expect(sockets.slice(0, 3)).toEqual([
    ...['/var/run/docker.sock', '/run/user/1000/docker.sock', join(home, '.docker/run/docker.sock')],
  ]);
  const gone = join(home, 'gone.sock');
  expect(await whySilent([gone])).toBe(`none of ${gone} exists`);

  const deaf = join(home, 'deaf.sock');
  const server = createServer().listen(deaf);
  await once(server, 'listening');
  expect(await whySilent([gone, deaf])).toBe(`${deaf} accepts connections and does not answer as a Docker engine`);
  server.close();
});
