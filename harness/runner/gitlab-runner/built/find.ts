import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isProgram } from '../../../process/index.ts';
import { goArchitecture, type Platform } from '../../architecture.ts';

/** The name under which releases have the helper. */
export const HELPER = 'gitlab-runner-helper';

/**
 * Finds the runner in a directory that its build has filled, `out/binaries` (Makefile.build.mk: `gitlab-runner-linux-amd64`),
 * or in one that has it by its plain name.
 * @returns the path of a program; undefined when there is none for the platform
 */
export function runnerIn(dir: string, { os, arch }: Platform): string | undefined {
  return [`gitlab-runner-${os}-${goArchitecture(arch)}`, 'gitlab-runner']
    .map((name) => join(dir, name))
    .find(isProgram);
}

/**
 * Finds the helper in a directory that a build has filled: `out/binaries` and the directory in it (Makefile.runner_helper.mk:
 * `gitlab-runner-helper/gitlab-runner-helper.linux-amd64`, before 15.0 `….x86_64-linux`), or `out/helper-images`
 * (`prebuilt-alpine-x86_64.tar.xz`, a root file system; `alpine3.21-x86_64.tar`, an image of the OCI). All images of one
 * build have the same program, but for those of FIPS.
 * @returns the path of a program or an archive; undefined when there is none for the processor
 */
export async function helperIn(dir: string, arch: string): Promise<string | undefined> {
  return helperProgramIn(dir, arch) ?? (await helperArchiveIn(dir, arch));
}

/** The same, of the files that lie where a build puts them beside its runner. @param runner absolute path of its program */
export async function helperBeside(runner: string, arch: string): Promise<string | undefined> {
  const dir = dirname(runner);
  return helperProgramIn(dir, arch) ?? (await helperArchiveIn(join(dirname(dir), 'helper-images'), arch));
}

function helperProgramIn(dir: string, arch: string): string | undefined {
  const go = goArchitecture(arch);
  const names = [HELPER, `${HELPER}.linux-${go}`, `${HELPER}.${imageName(arch)}-linux`, `${HELPER}-linux-${go}`];
  return [dir, join(dir, HELPER)].flatMap((place) => names.map((name) => join(place, name))).find(isProgram);
}

async function helperArchiveIn(dir: string, arch: string): Promise<string | undefined> {
  const all = await readdir(dir).catch(() => []);
  const fitting = new RegExp(`^(prebuilt-)?(alpine|ubuntu|concrete).*-${imageName(arch)}\\.tar(\\.(gz|xz|zst))?$`);
  // Alpine's is packed smallest, and a file system is read faster than an image.
  const found = all.filter((name) => fitting.test(name)).sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  return found[0] === undefined ? undefined : join(dir, found[0]);
}

const rank = (name: string): number => (name.startsWith('prebuilt-') ? 0 : 2) + (name.includes('alpine') ? 0 : 1);

/** What files of helper images call a processor: Go's name, but for Intel's. */
const imageName = (arch: string): string | undefined => (arch === 'x64' ? 'x86_64' : goArchitecture(arch));
