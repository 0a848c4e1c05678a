import { basename, resolve } from 'node:path';
import { UsageError } from '../../conformance/errors.ts';
import { type Bundle, bundleOf, MOST_BYTES, openBundle } from '../../diagnosis/index.ts';
import { UnfitFile } from '../../files/index.ts';
import type { Terminal } from '../exit.ts';

/** The name that standard input has in what is said of it. */
const STDIN = 'standard input';

/** Reads all that was named; of several the names tell which is meant. `-` is standard input. */
export async function openBundles(args: readonly string[], terminal: Terminal): Promise<Bundle> {
  const bundles = await Promise.all(args.map((arg) => opened(arg, terminal, args.length > 1)));
  return { files: bundles.flatMap(({ files }) => files), unread: bundles.flatMap(({ unread }) => unread) };
}

async function opened(path: string, { cwd, stdin }: Terminal, several: boolean): Promise<Bundle> {
  try {
    if (path === '-') return await bundleOf(STDIN, await all(stdin));
    const bundle = await openBundle(resolve(cwd, path));
    const [only] = bundle.files;
    // A single file is called what its user calls it.
    if (only?.name === basename(path) && only.path === undefined)
      return { ...bundle, files: [{ ...only, name: path }] };
    if (!several) return bundle;
    return { ...bundle, files: bundle.files.map((each) => ({ ...each, name: `${path}/${each.name}` })) };
  } catch (error) {
    if (error instanceof UnfitFile) throw new UsageError(`${path} cannot be read: it ${error.message}.`);
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : message}.`);
  }
}

/** @throws UnfitFile when more comes than is read */
async function all(stream: Terminal['stdin']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const each = Buffer.from(chunk);
    bytes += each.length;
    if (bytes > MOST_BYTES) throw new UnfitFile(`is larger than ${MOST_BYTES / 2 ** 20} MiB, the most that is read`);
    chunks.push(each);
  }
  return Buffer.concat(chunks);
}
