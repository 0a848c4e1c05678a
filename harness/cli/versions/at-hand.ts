import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../conformance/errors.ts';
import { isProgram } from '../../process/index.ts';
import { byRelease } from '../../profile/index.ts';
import type { RunnableContender } from './contender.ts';

/** A gitlab-runner of a known version that needs no download. */
export interface AtHand {
  readonly version: string;
  readonly contender: RunnableContender;
}

const BINARY = /^gitlab-runner-v?(\d+\.\d+\.\d+)$/;
const DOWNLOADED = /^gitlab-runner-linux-[a-z0-9]+-(\d+\.\d+\.\d+)-[0-9a-f]{64}$/;

/**
 * The binaries in a directory, named `gitlab-runner-X.Y.Z`, the oldest first. A `gitlab-runner-helper-X.Y.Z` beside one is its
 * helper.
 * @param dir absolute
 * @throws UsageError when there are none, or the directory cannot be read
 */
export async function binariesIn(dir: string): Promise<readonly AtHand[]> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `The binaries in ${dir} cannot be listed: ${error.code ?? error.message}. Give --binaries a directory with files such as gitlab-runner-17.11.4.`,
    );
  });
  const found = named(dir, names, BINARY).map(({ version, contender }): AtHand => {
    const helper = join(dir, `gitlab-runner-helper-${version}`);
    return { version, contender: isProgram(helper) ? { ...contender, helper } : contender };
  });
  if (found.length > 0) return found;
  throw new UsageError(
    `${dir} has no executable file that is named like gitlab-runner-17.11.4. Name the binaries by their versions, or give their paths one by one.`,
  );
}

/** Official binaries that were downloaded before, the oldest first. @param cacheDir where downloads are kept */
export async function downloadedIn(cacheDir: string): Promise<readonly AtHand[]> {
  return named(cacheDir, await readdir(cacheDir).catch(() => []), DOWNLOADED).map(({ version }) => ({
    version,
    // By its number, so that its checksum is looked at again.
    contender: { is: 'runner', label: version, runner: version },
  }));
}

function named(dir: string, names: readonly string[], pattern: RegExp): readonly AtHand[] {
  return names
    .flatMap((name): AtHand[] => {
      const version = pattern.exec(name)?.[1];
      const runner = join(dir, name);
      return version !== undefined && isProgram(runner)
        ? [{ version, contender: { is: 'runner', label: version, runner } }]
        : [];
    })
    .sort((a, b) => byRelease(a.version, b.version));
}
