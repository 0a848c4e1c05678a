import {
  check,
  configFor,
  dockerConfig,
  type Evidence,
  type Finding,
  isSuccess,
  jobsEnd,
  type Stage,
  whilePolling,
} from '../../harness/kit/index.ts';

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

/** That the registry was asked for an image, and from the proxy alone. */
export function isPulled(evidence: Evidence, role: string, repository: string): Finding {
  const asked = evidence.requests('registry').filter(({ target }) => target.includes(`/${repository}/manifests/`));
  const given = asked.filter(isSuccess);
  const others = asked.filter(({ via }) => via !== 'proxy');
  const seen =
    given.length === 0
      ? `the registry gave no manifest of ${repository}`
      : others.length > 0
        ? `the registry was asked for ${repository} directly`
        : `the registry gave the manifest of ${repository} to the proxy`;
  return check(
    given.length > 0 && others.length === 0,
    `the ${role} image is pulled through the proxy`,
    seen,
    ...asked.slice(0, 3),
  );
}
