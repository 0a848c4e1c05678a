import { access, constants, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SubjectError } from '../resolve/error.ts';

/** The name under which releases have it. */
const NAME = 'gitlab-runner-helper';

/** The program that runs in helper containers. */
export interface HelperProgram {
  readonly path: string;
  /** How it was chosen, as a report says it. */
  readonly chosen: 'by --helper' | 'because it lies beside the runner' | 'since the runner is its own helper';
}

/**
 * Chooses the helper that goes with a runner: the one that is named, else a gitlab-runner-helper beside the runner, else the
 * runner itself, whose program has the helper's commands, too.
 * @param runner its absolute path
 * @param named as `--helper` has it, absolute
 * @throws SubjectError when what is named is no program
 */
export async function chooseHelper(runner: string, named: string | undefined): Promise<HelperProgram> {
  if (named !== undefined) {
    if (await isProgram(named)) return { path: named, chosen: 'by --helper' };
    throw new SubjectError(
      'usage',
      `${named} is no executable file: give --helper the path of a gitlab-runner-helper.`,
    );
  }
  const beside = join(dirname(runner), NAME);
  if (await isProgram(beside)) return { path: beside, chosen: 'because it lies beside the runner' };
  return { path: runner, chosen: 'since the runner is its own helper' };
}

async function isProgram(path: string): Promise<boolean> {
  const info = await stat(path).catch(() => undefined);
  if (!info?.isFile()) return false;
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
