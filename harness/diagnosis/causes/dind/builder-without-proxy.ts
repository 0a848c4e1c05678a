import { allScript, jobProxy, jobsSeen, runnerOfJob, spelledOut } from '../_jobs.ts';
import type { Cause } from '../cause.ts';

const CREATE =
  /\bdocker(?:\s+buildx|-buildx)\s+create\b(?!.*\s(?:--driver[= ]["']?(?:docker|remote|kubernetes|cloud)(?![\w-])))/;
const GIVEN = /env\.https?_proxy|buildkitd?-config|--config[= ]/i;

export const builderWithoutProxyCause: Cause = {
  id: 'dind/builder-without-proxy',
  severity: 'error',
  title: 'buildkitd runs in a container of its own, without a proxy, and fetches base images directly.',
  seen: 'docker buildx create with the driver docker-container, which it also takes by itself, and no --driver-opt env.http_proxy=… or env.https_proxy=…, in a job with proxies. Not with the drivers docker, remote or kubernetes.',
  fix: '--driver-opt env.http_proxy=$HTTP_PROXY --driver-opt env.https_proxy=$HTTPS_PROXY, and no_proxy quoted twice.',
  symptoms: ['failed to do request: Head "https://registry-1.docker.io/v2/…": dial tcp'],
  find: (picture) =>
    jobsSeen(picture).flatMap((job) => {
      if (!jobProxy(job) && !/\bexport\s+https?_proxy=/i.test(allScript(job))) return [];
      const line = job.script.find(({ text }) => CREATE.test(text) && !GIVEN.test(spelledOut(job, text)));
      if (!line) return [];
      return [
        {
          file: line.file,
          line: line.line,
          at: 'buildx create',
          says: "The builder is a container of its own that does not get the job's variables: buildkitd fetches base images directly, past the proxy.",
          remedy: {
            says: `Add --driver-opt "env.http_proxy=$HTTP_PROXY" --driver-opt "env.https_proxy=$HTTPS_PROXY" --driver-opt '"env.no_proxy='"$NO_PROXY"'"'.`,
          },
          ...runnerOfJob(job, picture),
        },
      ];
    }),
};
