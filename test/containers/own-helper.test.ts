import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withStoreLock } from '../../harness/containers/images/lock.ts';
import { withBuilder } from '../../harness/containers/images/with-builder.ts';
import { ImageStore, useOwnHelper } from '../../harness/containers/index.ts';
import { createRunContext, defaultCacheDirectory } from '../../harness/world/index.ts';
import { noDocker } from './_here.ts';

it.skipIf(noDocker)("a subject's own helper program is in the helper images", { timeout: 300_000 }, async () => {
  await using run = await createRunContext();
  const program = join(run.dir, 'helper');
  await writeFile(program, `#!/bin/sh\necho the helper of ${run.id}: "$@"\n`);
  const store = await ImageStore.open(defaultCacheDirectory());
  const plain = { helper: store.reference('helper'), job: store.reference('job') };
  const said: string[] = [];

  await useOwnHelper(store, program, { say: (line) => said.push(line) });
  expect(store.reference('helper')).toMatch(new RegExp(`^${plain.helper}-[0-9a-f]{16}$`));
  expect(store.reference('job')).toBe(plain.job);
  await useOwnHelper(await ImageStore.open(defaultCacheDirectory()), program, { say: (line) => said.push(line) });
  expect(said, 'made once').toEqual([`putting ${program} into the helper images …`]);

  await withStoreLock(store, () =>
    withBuilder(store, async (docker) => {
      const container = await docker.createContainer({
        Image: store.reference('helper'),
        Cmd: ['gitlab-runner-helper', 'health-check'],
        HostConfig: { NetworkMode: 'none' },
      });
      await container.start();
      await container.wait();
      expect((await container.logs({ stdout: true })).toString()).toContain(`the helper of ${run.id}: health-check`);
      await container.remove();
      for (const name of ['helper', 'small'] as const) await docker.getImage(store.reference(name)).remove();
    }),
  );
});
