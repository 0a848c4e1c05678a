import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { IMAGE_NAMES, type ImageName } from '../spec.ts';
import { reference } from './reference.ts';

/** What an image is made from. */
export interface ImageInput {
  readonly name: ImageName;
  /** The build context. */
  readonly dir: string;
  /** Images of ours that it builds on, by the `ARG` that names each. */
  readonly uses: readonly ImageName[];
  /** Of the context and of what it uses: another hash is another image. */
  readonly hash: string;
  /** Its name in the store. */
  readonly reference: string;
  /** The suite of Debian that it is of, where that is not the machine's own. */
  readonly suite?: string;
  /** References of what it builds on, in the order of `uses`. */
  readonly on: readonly string[];
}

/**
 * The images that are made of a generation's packages. The others are the machine's: a systemd of another time may not
 * start under the control groups of this kernel, and clients of HTTP have nothing to do with Docker.
 */
const OF_A_GENERATION: ReadonlySet<ImageName> = new Set<ImageName>([
  'base',
  'job',
  'dind',
  'helper',
  'small',
  'squid',
  'registry',
  'cntlm',
]);

/** The argument of docker/base that names the Debian image. */
export const DEBIAN_ARG = 'DEBIAN';

/**
 * Reads the build contexts below a directory.
 * @param suite the suite of Debian that they are of, where that is not the machine's own
 * @returns in an order in which they can be built; of a suite only those that are made of one
 * @throws Error when one is missing, or uses itself
 */
export async function readInputs(root: string, suite?: string): Promise<readonly ImageInput[]> {
  const names = IMAGE_NAMES.filter((name) => suite === undefined || OF_A_GENERATION.has(name));
  const contexts = await Promise.all(names.map((name) => readContext(name, join(root, name))));
  const ready = new Map<ImageName, ImageInput>();
  for (let waiting = contexts; waiting.length > 0; ) {
    const next = waiting.filter(({ uses }) => uses.every((each) => ready.has(each)));
    if (next.length === 0) throw new Error(`The images ${waiting.map(({ name }) => name).join(', ')} use each other.`);
    for (const { digest, ...context } of next) {
      const hash = createHash('sha256').update(digest);
      if (suite !== undefined) hash.update(`suite ${suite}`);
      const bases = context.uses.flatMap((each) => ready.get(each) ?? []);
      for (const each of bases) hash.update(each.hash);
      const digested = hash.digest('hex').slice(0, 16);
      ready.set(context.name, {
        ...context,
        ...(suite === undefined ? {} : { suite }),
        on: bases.map((each) => each.reference),
        hash: digested,
        reference: reference(context.name, digested),
      });
    }
    waiting = waiting.filter((each) => !next.includes(each));
  }
  return [...ready.values()];
}

async function readContext(name: ImageName, dir: string) {
  const hash = createHash('sha256');
  for (const file of await files(dir)) {
    const { mode } = await stat(file);
    hash.update(`${relative(dir, file)}\0${mode & 0o111}\0`);
    hash.update(await readFile(file));
  }
  const dockerfile = await readFile(join(dir, 'Dockerfile'), 'utf8').catch(() => {
    throw new Error(`The image ${name} has no Dockerfile in ${dir}. Is this installation of proxyproof complete?`);
  });
  const args = [...dockerfile.matchAll(/^ARG\s+([A-Z]+)\s*$/gm)].map(([, arg = '']) => arg.toLowerCase());
  return { name, dir, uses: IMAGE_NAMES.filter((each) => args.includes(each)), digest: hash.digest('hex') };
}

async function files(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .sort();
}
