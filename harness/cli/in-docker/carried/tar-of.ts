import { createReadStream } from 'node:fs';
import { access, constants, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import { EnvironmentError } from '../../../conformance/errors.ts';

/** A file or a directory of this machine, and where it goes. */
export interface Carried {
  readonly source: string;
  /** Absolute. */
  readonly target: string;
}

/** Directories that belong to another platform, or to nobody inside. */
const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** A file smaller than this, in bytes, is read at once. */
const WHOLE_BYTES = 2 ** 20;

/** A tar, made as it is read. */
export interface Tar {
  readonly stream: Readable;
  /** Rejects when a file can no longer be read: whoever reads the stream may then wait for ever. */
  readonly broken: Promise<never>;
}

/**
 * A tar of files and directories. Links become what they lead to; everything belongs to root.
 * @throws EnvironmentError when a file cannot be read
 */
export async function tarOf(all: readonly Carried[]): Promise<Tar> {
  const files = (await Promise.all(all.map(filesOf))).flat();
  const tar = pack();
  const stream = new PassThrough();
  const { promise: broken, reject } = Promise.withResolvers<never>();
  broken.catch(() => {});
  Promise.all([pipeline(tar, stream), fill(tar, files)]).catch((error: Error) => {
    reject(new EnvironmentError(`A file for the container cannot be read: ${error.message}.`, { cause: error }));
    tar.destroy();
  });
  return { stream, broken };
}

async function filesOf({ source, target }: Carried): Promise<Carried[]> {
  try {
    if (!(await stat(source)).isDirectory()) {
      await access(source, constants.R_OK);
      return [{ source, target }];
    }
    const names = (await readdir(source)).filter((each) => !LEFT_OUT.has(each));
    const below = names.map((name) => filesOf({ source: join(source, name), target: `${target}/${name}` }));
    return (await Promise.all(below)).flat();
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    throw new EnvironmentError(
      `${source} cannot be copied into a container: ${(error as Error).message}. Check the path and who may read it.`,
      { cause: error },
    );
  }
}

async function fill(tar: Pack, files: readonly Carried[]): Promise<void> {
  for (const { source, target } of files) {
    const info = await stat(source);
    if (!info.isFile()) continue;
    const header = { name: target.replace(/^\/+/, ''), mode: info.mode & 0o777, mtime: info.mtime };
    if (info.size < WHOLE_BYTES) tar.entry(header, await readFile(source));
    else await pipeline(createReadStream(source), tar.entry({ ...header, size: info.size }));
  }
  tar.finalize();
}
