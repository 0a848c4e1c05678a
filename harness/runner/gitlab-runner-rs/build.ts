import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectories } from '../../files/index.ts';
import { findProgram, isProgram, ProgramError, run, withDirectoryLock } from '../../process/index.ts';
import type { ResolveOptions, SubjectProgram } from '../definition.ts';
import { SubjectError } from '../resolve/error.ts';
import { CRATE } from './built-version.ts';

/** The version that is built. */
export const VERSION = '0.3.2';

/** How long cargo may take, in real milliseconds: 250 packages, some of them in C. */
const BUILD_LIMIT_MS = 20 * 60_000;

/** What keeps cargo from writing what nobody reads here: half of the time and of the disk. */
const SMALL = { CARGO_PROFILE_DEV_DEBUG: '0', CARGO_INCREMENTAL: '0', CARGO_TERM_COLOR: 'never' };

/** Where it is built, and by what. */
export interface DemoRunnerOptions extends Pick<ResolveOptions, 'cacheDir' | 'env' | 'say'> {
  /** In real milliseconds; 20 minutes by default. */
  readonly limitMs?: number;
}

/**
 * The example `demo-runner` of the crate, of one version: as it was built before, else built now by the user's cargo, with the
 * dependencies that the crate locks. A build that was cut off goes on where it was.
 * @throws SubjectError when there is no cargo, or it fails or takes too long, in a sentence
 */
export async function demoRunner(options: DemoRunnerOptions): Promise<SubjectProgram> {
  const dir = join(options.cacheDir, `gitlab-runner-rs-${VERSION}`);
  const program = { path: join(dir, 'bin', 'demo-runner'), version: VERSION };
  if (isProgram(program.path)) return program;

  const cargo = findProgram('cargo', { path: options.env['PATH'] ?? '' });
  if (cargo === undefined) {
    throw new SubjectError(
      'absent',
      `demo-runner ${VERSION} is built from source by cargo, and there is no cargo on PATH. Install Rust 1.90 or later, ` +
        'for example by rustup, or give --runner the path of a demo-runner that is built already.',
    );
  }
  await makeDirectories(dir).catch((error: Error) => {
    throw new SubjectError(
      'absent',
      `demo-runner cannot be built in ${dir}: ${error.message}. Set XDG_CACHE_HOME to a directory that can be written.`,
      { cause: error },
    );
  });
  const work = async (): Promise<void> => {
    // Whoever held the lock may have built it.
    if (!isProgram(program.path)) await build(cargo, dir, options);
  };
  await withDirectoryLock({ dir }, work, { doing: 'building demo-runner', say: options.say });
  return program;
}

async function build(
  cargo: string,
  dir: string,
  { env, say, limitMs = BUILD_LIMIT_MS }: DemoRunnerOptions,
): Promise<void> {
  say?.(`building demo-runner ${VERSION} with ${cargo}, once; that takes some minutes …`);
  const [target, root] = [join(dir, 'target'), join(dir, 'root')];
  const what = [`${CRATE}@${VERSION}`, '--example', 'demo-runner', '--locked', '--debug', '--force'];
  const where = ['--root', root, '--target-dir', target, '--no-track'];
  try {
    await run(cargo, ['install', ...what, ...where], { limitMs, cwd: dir, env: { ...env, ...SMALL } });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw new SubjectError('absent', `demo-runner ${VERSION} was not built: ${why(error, limitMs)}`, { cause: error });
  }
  // Whoever looks for the program has either nothing or the whole of it.
  await makeDirectories(join(dir, 'bin'));
  await rename(join(root, 'bin', 'demo-runner'), join(dir, 'bin', 'demo-runner'));
  await Promise.all([target, root].map((each) => rm(each, { recursive: true, force: true })));
}

function why({ ended, stderr, message }: ProgramError, limitMs: number): string {
  if (ended === 'late') {
    return `cargo did not end within ${limitMs / 60_000} min, so it was stopped. The next run goes on where it was.`;
  }
  // The first of cargo's errors is the cause; what stands below it are chapters of the same.
  const error = /^error(?:\[\w+\])?: .*(?:\n\n?Caused by:\n(?: {2}.*\n?)+)?/m.exec(stderr)?.[0];
  const words = (error ?? message).replaceAll(/\s+/g, ' ').trim().slice(0, 600).replace(/\.$/, '');
  return `cargo says “${words}”. It needs Rust 1.90 or later, a C compiler, and a registry that has the crate ${CRATE}.`;
}
