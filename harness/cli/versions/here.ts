import { homeDirectory, NO_HOME } from '../../process/index.ts';
import { defaultCacheDirectory } from '../../world/index.ts';
import type { Terminal } from '../exit.ts';
import type { Contender } from './contender.ts';
import { contendersOf } from './contenders.ts';

/**
 * What the words on a command line stand for on this machine; see `contendersOf`.
 * @param binaries a directory of files such as `gitlab-runner-17.11.4`
 * @throws UsageError, EnvironmentError
 */
export const contendersHere = (
  words: readonly string[],
  terminal: Pick<Terminal, 'cwd' | 'env'>,
  binaries?: string,
): Promise<readonly Contender[]> =>
  contendersOf(words, {
    terminal,
    binaries,
    fromImage: async (image) => {
      const { userEngine } = await import('../in-docker/engine/user-engine.ts');
      const { runnerFromImage } = await import('./from-image.ts');
      const { docker } = await userEngine(terminal.env, homeDirectory() ?? NO_HOME);
      return runnerFromImage(image, docker, defaultCacheDirectory(terminal.env));
    },
  });
