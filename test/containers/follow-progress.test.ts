import { Readable } from 'node:stream';
import Docker from 'dockerode';
import { expect, it } from 'vitest';
import { followProgress } from '../../harness/containers/follow-progress.ts';

const lines = (...all: object[]) => Readable.from(all.map((each) => Buffer.from(`${JSON.stringify(each)}\r\n`)));
const docker = new Docker({ socketPath: '/nobody/listens' });

it('ends when the answer does', async () => {
  await expect(followProgress(docker, lines({ stream: 'Step 1/1' }, { status: 'done' }))).resolves.toBeUndefined();
});

it('takes a line that tells of a failure for one, though the answer goes on to its end', async () => {
  const told = lines(
    { stream: 'Step 1/1 : RUN false\n' },
    { error: 'it returned a non-zero code: 1' },
    { status: 'end' },
  );
  await expect(followProgress(docker, told)).rejects.toThrow(
    'it returned a non-zero code: 1; before that: Step 1/1 : RUN false',
  );
});

it('tells of a connection that broke', async () => {
  const broken = new Readable({ read: () => {} });
  const following = followProgress(docker, broken);
  broken.destroy(new Error('socket hang up'));
  await expect(following).rejects.toThrow('socket hang up');
});
