import { readdir, readFile, readlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Engine } from '../handle.ts';
import type { ImageName } from '../spec.ts';

/** What a host's container is given, so that its Docker begins with some of the engine's images. */
export interface Loan {
  readonly volumes: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

interface Repositories {
  readonly Repositories: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Lends images: the store that the engine's layers are links to is mounted, and `docker/host/boot` links to it.
 * @throws Error when the engine has no such store
 */
export async function lend(engine: Engine, images: readonly ImageName[]): Promise<Loan> {
  if (images.length === 0) return { volumes: [], files: {} };
  const { DockerRootDir } = (await engine.docker.info()) as { DockerRootDir: string };
  const wanted = new Set(images.map((name) => engine.image(name)));
  const text = await readFile(join(DockerRootDir, 'image', 'overlay2', 'repositories.json'), 'utf8');
  const { Repositories: all } = JSON.parse(text) as Repositories;
  const lent = Object.entries(all).flatMap(([repository, references]) => {
    const kept = Object.entries(references).filter(([reference]) => wanted.has(reference));
    return kept.length > 0 ? [[repository, Object.fromEntries(kept)] as const] : [];
  });
  return {
    volumes: [`${await storeOf(DockerRootDir)}:/var/lib/proxyproof/lent:ro`],
    files: { '/var/lib/proxyproof/repositories.json': JSON.stringify({ Repositories: Object.fromEntries(lent) }) },
  };
}

/** The data root that an engine's layers are links into. */
async function storeOf(dataRoot: string): Promise<string> {
  const layers = join(dataRoot, 'overlay2');
  for (const id of await readdir(layers)) {
    const target = await readlink(join(layers, id)).catch(() => undefined);
    if (target !== undefined) return dirname(dirname(target));
  }
  throw new Error(`The engine's layers in ${layers} are its own, so it has none to lend: give the host no images.`);
}
