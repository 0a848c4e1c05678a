import { once } from 'node:events';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { hiddenPlaces } from '../../harness/world/hidden-places.ts';
import { startWorld } from '../../harness/world/index.ts';
import { finished, noNamespace, temporaryDirectory } from './stand-ins.ts';

it('hides what this machine has, and nothing that it has not', async () => {
  await using place = await temporaryDirectory();
  const home = join(place.dir, 'home');
  await mkdir(join(home, '.ssh'), { recursive: true });
  await writeFile(join(home, '.netrc'), '');
  await symlink('.netrc', join(home, '.npmrc'));
  await using server = createServer().listen(join(place.dir, 'api.sock'));
  await once(server, 'listening');
  const view = hiddenPlaces({
    runDir: join(place.dir, 'runs', 'one'),
    hidden: [join(home, 'no-reports')],
    visible: [],
    home,
  });
  expect(view.empty).toEqual(expect.arrayContaining(['/run', '/tmp', join(home, '.ssh')]));
  expect(view.covered).toEqual(expect.arrayContaining([join(home, '.netrc'), join(place.dir, 'api.sock')]));
  expect(
    [...view.empty, ...view.covered].filter((each) => /docker|npmrc|no-reports/.test(each) && each.startsWith(home)),
  ).toEqual([]);
});

it('hides of a home that holds temporary files the runs alone', async () => {
  await using place = await temporaryDirectory();
  const home = join(place.dir, 'home');
  await mkdir(home);
  const of = (runDir: string) => hiddenPlaces({ runDir, hidden: [], visible: [], home }).empty;
  expect(of(join(home, 'run'))).not.toContain(home);
  expect(of(join(place.dir, 'run'))).not.toContain(place.dir);
});

it.skipIf(noNamespace)(
  'a program in a temporary directory is found in a namespace once it is said to be visible',
  async () => {
    await using place = await temporaryDirectory();
    const program = join(place.dir, 'a tool', 'runner');
    await mkdir(dirname(program));
    await writeFile(program, '#!/bin/sh\necho it ran; ls "$1"\n');
    await chmod(program, 0o755);
    await writeFile(join(place.dir, 'secret'), '');
    const runs = async (visible: string[]) => {
      await using world = await startWorld({}, { for: 'programs', visible });
      return await finished(await world.host.spawn(program, [place.dir], { log: false }));
    };
    expect(await runs([program])).toEqual({ out: 'it ran\na tool\n', err: '', code: 0 });
    await expect(runs([])).rejects.toThrow(
      `Cannot start ${program}: it lies where a subject sees nothing of this machine (SECURITY.md). Move it, or give startWorld its path as visible.`,
    );
  },
);
