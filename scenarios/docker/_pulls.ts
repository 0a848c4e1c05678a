import { configFor, dockerConfig, jobsEnd, type Stage, whilePolling } from '../../harness/kit/index.ts';

/** The same proxy with the account of another user, which it refuses: who goes by this URL pulls nothing. */
export function asUser(proxyUrl: string, user: string): string {
  const url = new URL(proxyUrl);
  url.username = user;
  return url.href;
}

/** Runs a job whose images must be pulled from the world's registry. @param of the repositories there */
export async function pullBoth(stage: Stage, of: { readonly job: string; readonly helper: string }): Promise<void> {
  const { address } = stage.world.registry;
  stage.world.gitlab.queue({ script: ['true'] });
  const docker = dockerConfig(stage, {
    image: `${address}/${of.job}`,
    helperImage: `${address}/${of.helper}`,
    pullPolicy: 'always',
  });
  await whilePolling(stage, configFor(stage, { docker }), () => jobsEnd(stage));
}
