import { open, stat } from 'node:fs/promises';
import type { Clock } from '../../clock/index.ts';
import { isProgram } from '../../process/index.ts';
import { thisPlatform } from '../architecture.ts';
import { SubjectError } from '../resolve/error.ts';
import { type BuildRemark, remarkOnBuilds } from './built/build.ts';
import { helperBeside, helperIn } from './built/find.ts';
import { keptHelper } from './built/kept-helper.ts';
import { isArchive, START_BYTES } from './built/unpacked.ts';

/** The program that runs in helper containers. */
export interface HelperProgram {
  readonly path: string;
  /** How it was chosen, as a report says it. */
  readonly chosen: 'by --helper' | 'because it lies beside the runner' | 'since the runner is its own helper';
  /** The archive that it was taken from. */
  readonly from?: string;
  /** Where it is not known to be of the runner's build. */
  readonly remark?: BuildRemark;
}

/** What choosing a helper needs. */
export interface ChooseHelperOptions {
  /** As `--helper` has it, absolute: a program, an archive, or a directory that a build has filled. */
  readonly named?: string | undefined;
  /** Where programs are kept that were taken from an archive. */
  readonly cacheDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
}

/**
 * Chooses the helper that goes with a runner: the one that is named, else one where its build puts it beside the runner,
 * else the runner itself, whose program has the helper's commands, too.
 * @param runner its absolute path
 * @throws SubjectError when what is named is no helper, or cannot be started
 */
export async function chooseHelper(runner: string, options: ChooseHelperOptions): Promise<HelperProgram> {
  const { named } = options;
  const { arch } = thisPlatform;
  const file = named === undefined ? await helperBeside(runner, arch) : await namedFile(named, arch);
  if (file === undefined) return { path: runner, chosen: 'since the runner is its own helper' };
  const archive = await startsLikeArchive(file);
  const path = archive ? await keptHelper(file, options.cacheDir, arch) : file;
  const remark = await remarkOnBuilds(runner, { path, called: file }, options);
  return {
    path,
    chosen: named === undefined ? 'because it lies beside the runner' : 'by --helper',
    ...(archive ? { from: file } : {}),
    ...(remark === undefined ? {} : { remark }),
  };
}

async function namedFile(named: string, arch: string): Promise<string> {
  const info = await stat(named).catch(() => undefined);
  if (info?.isDirectory()) {
    const found = await helperIn(named, arch);
    if (found !== undefined) return found;
    throw new SubjectError(
      'usage',
      `${named} has no helper for Linux on ${arch}: give --helper a gitlab-runner-helper, an archive of a helper image, or a directory such as out/binaries or out/helper-images.`,
    );
  }
  if (info?.isFile() && (isProgram(named) || (await startsLikeArchive(named)))) return named;
  throw new SubjectError(
    'usage',
    `${named} is no executable file and no archive: give --helper the path of a gitlab-runner-helper, or of an archive of a helper image.`,
  );
}

async function startsLikeArchive(path: string): Promise<boolean> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
  return isArchive(buffer.subarray(0, bytesRead));
}
