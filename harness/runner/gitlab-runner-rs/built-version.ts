import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SubjectError } from '../resolve/error.ts';

/** The crate's name in the registry. */
export const CRATE = 'gitlab-runner';

/**
 * The version of the crate that a program was built from: it does not say so itself, but cargo does. `cargo install` lists what it
 * installed, and `cargo build` writes beside a program which sources it is of.
 * @param path the program's, absolute
 * @throws SubjectError when cargo says nothing of it
 */
export async function builtVersion(path: string): Promise<string> {
  const version = (await installed(path)) ?? (await compiled(path));
  if (version !== undefined) return version;
  throw new SubjectError(
    'absent',
    `${path} looks like the demo-runner of the crate ${CRATE}, but its version cannot be told: it is neither where cargo installed it, ` +
      'nor where cargo built it. Take --runner demo-runner, or the program below target/ of a checkout.',
  );
}

/** By the list of `cargo install`, which is beside its bin/. */
async function installed(path: string): Promise<string | undefined> {
  const list = await text(join(dirname(path), '..', '.crates.toml'));
  for (const [, version, programs = ''] of list.matchAll(/^"gitlab-runner (\S+) [^"]*" = \[(.*)\]$/gm)) {
    if (programs.includes(`"${basename(path)}"`)) return version;
  }
  return undefined;
}

/** By the list of sources of `cargo build`, and the Cargo.toml above them. */
async function compiled(path: string): Promise<string | undefined> {
  const source = /(\S+)\/examples\/demo-runner\.rs/.exec(await text(`${path}.d`))?.[1];
  if (source === undefined) return undefined;
  const manifest = await text(join(source, 'Cargo.toml'));
  const about = /^\[package\]$([^[]*)/m.exec(manifest)?.[1] ?? '';
  return /^name *= *"gitlab-runner"$/m.test(about) ? /^version *= *"(\d[^"]*)"$/m.exec(about)?.[1] : undefined;
}

const text = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
