import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import { type Pack, pack } from 'tar-stream';
import { followProgress } from '../follow-progress.ts';
import type { ImageName } from '../spec.ts';
import { withStoreLock } from './lock.ts';
import type { Making } from './making.ts';
import type { ImageStore } from './store.ts';
import { withBuilder } from './with-builder.ts';

/** Where the Docker executor looks for it. */
const HELPER_PROGRAM = '/usr/bin/gitlab-runner-helper';

/** The images that scenarios have for a helper. */
const HELPERS = ['helper', 'small'] as const satisfies readonly ImageName[];

/**
 * Has the store give helper images with the subject's own helper program in place of ours, made once for each program.
 * A volume would do for the containers that get sources, and not for those that prepare volumes and wait for services.
 * @param program path of the file
 * @throws Error that says why an image cannot be made
 */
export async function useOwnHelper(store: ImageStore, program: string, making: Making = {}): Promise<void> {
  const tail = await digest(program);
  const images = HELPERS.map((name) => ({
    name,
    base: store.reference(name),
    own: `${store.reference(name)}-${tail}`,
  }));
  const work = async (): Promise<void> => {
    const held = await store.held();
    const missing = images.filter(({ own }) => !held.has(own));
    if (missing.length === 0) return;
    making.say?.(`putting ${program} into the helper images …`);
    const buildAll = async (docker: Docker): Promise<void> => {
      for (const { base, own } of missing) await build(docker, base, own, program);
    };
    await withBuilder(store, buildAll, making.signal);
  };
  await withStoreLock(store, work, making);
  store.replace(new Map(images.map(({ name, own }) => [name, own])));
}

async function build(docker: Docker, base: string, own: string, program: string): Promise<void> {
  const context = pack();
  const [stream] = await Promise.all([
    docker.buildImage(Readable.from(context), { t: own, forcerm: true }),
    fill(context, base, program),
  ]);
  await followProgress(docker, stream).catch((error: Error) => {
    throw new Error(`The image ${base} cannot be made with ${program} in it: ${error.message}.`, { cause: error });
  });
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex').slice(0, 16);
}

/** A build context: the program, and what to do with it. */
async function fill(context: Pack, base: string, program: string): Promise<void> {
  context.entry({ name: 'Dockerfile' }, `FROM ${base}\nCOPY program ${HELPER_PROGRAM}\n`);
  const { size } = await stat(program);
  await pipeline(createReadStream(program), context.entry({ name: 'program', size, mode: 0o755 }));
  context.finalize();
}
