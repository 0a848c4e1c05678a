import type Docker from 'dockerode';
import { followProgress } from '../follow-progress.ts';
import type { ImageName } from '../spec.ts';
import { withStoreLock } from './lock.ts';
import type { Making } from './making.ts';
import type { ImageStore } from './store.ts';
import { withBuilder } from './with-builder.ts';

/** Public images that take the place of ours of the same name. */
export type OfficialImages = Partial<Readonly<Record<ImageName, string>>>;

/**
 * The public images that there are for ours.
 * @param runner the version of gitlab-runner that is judged; another subject has no helper image of its own
 */
export function officialImages(runner?: string): OfficialImages {
  const helper = 'registry.gitlab.com/gitlab-org/gitlab-runner/gitlab-runner-helper';
  return {
    dind: 'docker.io/library/docker:dind',
    registry: 'docker.io/library/registry:2',
    ...(runner === undefined ? {} : { helper: `${helper}:x86_64-v${runner}` }),
  };
}

/**
 * Pulls public images that the store does not have yet, and has the store give them in place of ours.
 * @throws Error that names the image and says why it cannot be pulled
 */
export async function useOfficial(store: ImageStore, official: OfficialImages, making: Making = {}): Promise<void> {
  const work = async (): Promise<void> => {
    const held = await store.held();
    const wanted = Object.values(official).filter((each) => !held.has(familiar(each)));
    if (wanted.length === 0) return;
    const pullAll = async (docker: Docker): Promise<void> => {
      for (const each of wanted) {
        making.say?.(`pulling ${each} …`);
        await pull(docker, each);
      }
    };
    await withBuilder(store, pullAll, making.signal);
  };
  await withStoreLock(store, work, making);
  store.replace(new Map(Object.entries(official) as [ImageName, string][]));
}

async function pull(docker: Docker, image: string): Promise<void> {
  try {
    await followProgress(docker, await docker.createImage({ fromImage: image }));
  } catch (error) {
    const reason = (error as Error).message.trim();
    throw new Error(
      `The public image ${image} cannot be pulled: ${reason}. Leave out --images official, and images of our own are used.`,
      { cause: error },
    );
  }
}

/** As Docker writes down the name of an image of its own hub. */
const familiar = (image: string): string => image.replace(/^docker\.io\/(library\/)?/, '');
