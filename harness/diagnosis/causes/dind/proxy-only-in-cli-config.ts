import { dindOf } from '../_dind.ts';
import { jobsSeen, proxiesAreInGitlab, runnerOfJob } from '../_jobs.ts';
import type { Cause } from '../cause.ts';
import { cliConfigOf } from './_cli-config.ts';

export const proxyOnlyInCliConfigCause: Cause = {
  id: 'dind/proxy-only-in-cli-config',
  severity: 'error',
  title: "The proxy stands in the docker CLI's config.json alone, which the dind daemon does not read.",
  seen: "A job with a dind service has a config.json with proxies, written by a script or hook or mounted, and neither the runner's environment nor the job's variables nor the service's own give the daemon any. It pulls and pushes directly then.",
  fix: "Set the variables in the runner's environment or in the job: services get them, too.",
  symptoms: ['docker pull inside the job times out.'],
  find: (picture) =>
    jobsSeen(picture).flatMap((job) => {
      const dind = dindOf(job);
      const config = dind && !dind.proxied ? cliConfigOf(job, picture) : undefined;
      if (!config || config.ofVariables || proxiesAreInGitlab(picture)) return [];
      const { file, line } = config;
      return [
        {
          file,
          line,
          at: 'config.json',
          says: 'config.json gives proxies to containers and builds that the docker CLI starts; the dind daemon reads its own environment, which has none, and pulls and pushes directly.',
          remedy: {
            says: `Set HTTP_PROXY, HTTPS_PROXY and NO_PROXY (with ${dind?.host ?? 'docker'}) as variables of the job, or in the runner's environment: the service gets them as well.`,
          },
          ...runnerOfJob(job, picture),
        },
      ];
    }),
};
