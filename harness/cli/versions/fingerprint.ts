import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Driver } from '../../runner/index.ts';
import { packageRoot, packageVersion } from '../version.ts';

/** Folders of `harness/` that say how a run is shown, and not what comes of it. */
const SHOWN = new Set(['cli', 'serve', 'report', 'reproduce']);

/** Once for each process: it reads a thousand files. */
let suite: Promise<string> | undefined;

/**
 * What a verdict depends on besides subject and peers: the version of the suite and, where it runs from sources, the sources
 * themselves.
 */
export const suiteFingerprint = (): Promise<string> => {
  suite ??= ofSuite(packageRoot());
  return suite;
};

async function ofSuite(root: string): Promise<string> {
  const hash = createHash('sha256').update(packageVersion());
  // A package has neither: what it consists of is as its version says.
  if (!existsSync(join(root, 'tsconfig.json'))) return hash.digest('hex');
  for (const name of (await readdir(join(root, 'harness'))).sort()) {
    if (!SHOWN.has(name)) await addFiles(hash, join(root, 'harness', name));
  }
  await addFiles(hash, join(root, 'scenarios'));
  await addFiles(hash, join(root, 'docker'));
  return hash.digest('hex');
}

/** Of a directory with a team's scenarios. @param dir absolute */
export async function directoryFingerprint(dir: string): Promise<string> {
  const hash = createHash('sha256');
  await addFiles(hash, dir);
  return hash.digest('hex');
}

async function addFiles(hash: Hash, path: string): Promise<void> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  for (const file of files.sort()) hash.update(`${file.slice(path.length)}\0`).update(await readFile(file));
}

/** Of a subject: its program and its helper's; one that lives in the suite is what its name says. */
export async function subjectFingerprint({ identity, helperProgram }: Driver): Promise<string> {
  const hash = createHash('sha256').update(`${identity.kind} ${identity.version}\0`);
  const files = [identity.path, helperProgram].filter((each) => each !== undefined);
  for (const file of new Set(files)) {
    if (isAbsolute(file)) await pipeline(createReadStream(file), hash, { end: false });
    else hash.update(file);
    hash.update('\0');
  }
  return hash.digest('hex');
}
