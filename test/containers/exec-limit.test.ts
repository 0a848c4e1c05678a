import { expect, it } from 'vitest';
import { startWorld } from '../../harness/world/index.ts';
import { noDocker } from './_here.ts';

/** Each is told from the others by how long it sleeps. */
const FORKS = 'setsid sleep 7411 & (sleep 7412 &); sleep 7413 & exec sleep 7414';

it.skipIf(noDocker)(
  'a command that exceeds its limit is ended in its container, with all that it started, and nothing else is',
  { timeout: 120_000 },
  async () => {
    await using world = await startWorld({ docker: {} }, { for: 'programs' });
    const [container, neighbour] = await Promise.all(
      ['busy', 'neighbour'].map((name) =>
        world.docker.run({ name, image: 'base', command: ['sleep', '7415'], log: false }),
      ),
    );
    if (!container || !neighbour) throw new Error('there are no containers');
    const asleep = async (of = container): Promise<string[]> => {
      const lines = await of.exec(['sh', '-c', 'for each in /proc/[0-9]*; do tr "\\0" " " <$each/cmdline; echo; done']);
      return [...new Set(lines.stdout.match(/(?<=^sleep )74\d\d/gm) ?? [])].sort();
    };
    const other = neighbour.exec(['sleep', '7414'], { limitMs: 10_000 });
    await expect(container.exec(['sh', '-c', FORKS], { limitMs: 1_500 })).rejects.toThrow(
      `the command sh -c ${FORKS} in the container busy did not end within 1.5 s`,
    );
    // The one whose parent had left it before is in the command's group no less.
    expect(await asleep()).toEqual(['7415']);
    expect(await asleep(neighbour)).toEqual(['7414', '7415']);
    expect(await container.exec(['echo', 'still here'])).toMatchObject({ code: 0, stdout: 'still here\n' });
    await expect(other).rejects.toThrow('did not end within 10 s');
    expect(await asleep(neighbour)).toEqual(['7415']);
  },
);
