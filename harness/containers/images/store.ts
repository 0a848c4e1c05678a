import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectories } from '../../files/index.ts';
import { foreignSuite, type ProgramSource } from '../../generations/index.ts';
import { contextsDirectory } from '../contexts.ts';
import { IMAGE_NAMES, type ImageName } from '../spec.ts';
import { explainFullDisk } from './full-disk.ts';
import { type ImageInput, readInputs } from './input.ts';
import type { StorePlace } from './tidy.ts';

/** Below the cache directory. */
const DIRECTORY = 'images';

/** The images as they are on this machine: a data root of a Docker daemon that runs only while they are made. */
export class ImageStore {
  /** Where everything of it is. */
  readonly dir: string;
  /** Those of a generation stand before the machine's own. */
  readonly inputs: readonly ImageInput[];
  #others: ReadonlyMap<ImageName, string> = new Map();

  private constructor(dir: string, inputs: readonly ImageInput[]) {
    this.dir = dir;
    this.inputs = inputs;
  }

  /**
   * @param cacheDir where proxyproof keeps what it can make again
   * @param source of which generation they are, those that can be
   * @throws Error when the build contexts are not there
   */
  static async open(cacheDir: string, source: ProgramSource = 'host'): Promise<ImageStore> {
    const dir = join(cacheDir, DIRECTORY);
    await makeDirectories(dir).catch(async (error: Error) => {
      throw await explainFullDisk(
        new Error(
          `Images cannot be kept in ${dir}: ${error.message}. Set XDG_CACHE_HOME to a directory that can be written.`,
          { cause: error },
        ),
        dir,
      );
    });
    const contexts = contextsDirectory();
    const suite = await foreignSuite(source);
    const own = await readInputs(contexts);
    return new ImageStore(dir, suite === undefined ? own : [...(await readInputs(contexts, suite)), ...own]);
  }

  get dataRoot(): string {
    return placeOf(this.dir).dataRoot;
  }

  /** What whoever makes images needs meanwhile. It is there exactly as long as something may be half made. */
  get workDir(): string {
    return placeOf(this.dir).workDir;
  }

  /** The reference that an image has when it is up to date. */
  reference(name: ImageName): string {
    const other = this.#others.get(name);
    if (other !== undefined) return other;
    const input = this.inputs.find((each) => each.name === name);
    if (!input) throw new Error(`There is no image ${name}. Name one of these: ${IMAGE_NAMES.join(', ')}.`);
    return input.reference;
  }

  /** Gives other images, which the store has, in place of ours. */
  replace(others: ReadonlyMap<ImageName, string>): void {
    this.#others = others;
  }

  /** References of everything that is in the store, current or not. */
  async held(): Promise<ReadonlySet<string>> {
    const file = join(this.dataRoot, 'image', 'overlay2', 'repositories.json');
    const text = await readFile(file, 'utf8').catch(() => '{}');
    const { Repositories = {} } = JSON.parse(text) as { Repositories?: Record<string, Record<string, string>> };
    return new Set(Object.values(Repositories).flatMap((references) => Object.keys(references)));
  }

  /** The images that are not there, or not as their build contexts say. */
  async missing(): Promise<readonly ImageInput[]> {
    const held = await this.held();
    return this.inputs.filter(({ reference }) => !held.has(reference));
  }
}

const placeOf = (dir: string): StorePlace => ({ dir, dataRoot: join(dir, 'data'), workDir: join(dir, 'builder') });

/** Where the store is, whether it is there or not. @param cacheDir as for `ImageStore.open` */
export const storePlace = (cacheDir: string): StorePlace => placeOf(join(cacheDir, DIRECTORY));
