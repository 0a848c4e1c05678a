import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '../../conformance/authoring.ts';

/**
 * Volumes by which helper containers trust GitLab's authority in everything they do, as GitLab documents it: `tls-ca-file`
 * is for GitLab itself, and not for object storage. None where GitLab has no TLS.
 */
export async function trustVolumes({ world }: Pick<Stage, 'world'>): Promise<readonly string[]> {
  const { caPem } = world.gitlab;
  if (caPem === undefined) return [];
  const file = join(world.host.dir, 'ca.crt');
  await writeFile(file, caPem);
  return [`${file}:/etc/gitlab-runner/certs/ca.crt:ro`];
}
