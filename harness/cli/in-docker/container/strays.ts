import type Docker from 'dockerode';
import { isStray, RUN_LABEL } from './labels.ts';

/** A container of a run whose owner is dead. */
export interface StrayContainer {
  readonly id: string;
  readonly name: string;
}

/** Finds the containers that dead runs of this machine have left in an engine. */
export async function findStrayContainers(docker: Docker): Promise<StrayContainer[]> {
  const all = await docker.listContainers({ all: true, filters: { label: [RUN_LABEL] } });
  return all
    .filter(({ Labels, State }) => isStray(Labels, State === 'running'))
    .map(({ Id, Names }) => ({ id: Id, name: Names[0]?.replace(/^\//, '') ?? Id.slice(0, 12) }));
}

/** Removes what {@link findStrayContainers} finds. @returns a phrase for each */
export async function removeStrayContainers(docker: Docker): Promise<string[]> {
  const found = await findStrayContainers(docker);
  for (const { id } of found) await removeContainer(docker, id);
  return found.map(({ name }) => `container ${name}`);
}

/** Removes every container of a run. */
export async function removeContainersOf(docker: Docker, run: string): Promise<void> {
  const filters = { label: [`${RUN_LABEL}=${run}`] };
  for (const { Id } of await docker.listContainers({ all: true, filters })) await removeContainer(docker, Id);
}

/** Removes a container, running or not, with the volumes that have no name. */
async function removeContainer(docker: Docker, id: string): Promise<void> {
  try {
    await docker.getContainer(id).remove({ force: true, v: true });
  } catch (error) {
    // 404: it is gone; 409: it is being removed.
    if (![404, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) throw error;
  }
}
