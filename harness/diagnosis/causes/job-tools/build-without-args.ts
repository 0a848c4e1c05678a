import { allScript, jobProxy, jobsSeen, runnerOfJob } from '../_jobs.ts';
import type { Cause } from '../cause.ts';
import { commandsOf, failureOf } from './_place.ts';

const BUILD = /\bdocker(?:\s+(?:image|buildx|builder))?\s+build\b|\bdocker[ -]compose\s+(?:.*\s)?build\b/;
const GIVEN = /--build-arg[= ]["']?(?:https?|all)_proxy/i;

export const buildWithoutArgsCause: Cause = {
  id: 'job-tools/build-without-args',
  severity: 'error',
  title: "The steps of docker build get no proxy from the CLI's environment.",
  seen: 'docker build in a job with proxies, without --build-arg http_proxy and without proxies in config.json, and a RUN step that could not connect.',
  fix: '--build-arg http_proxy --build-arg https_proxy --build-arg no_proxy, or proxies in config.json.',
  symptoms: [
    'Temporary failure resolving',
    'apt-get update fails in a RUN step',
    'apk add: temporary error (try again later)',
  ],
  find: (picture) => {
    if (picture.all('docker-cli').some(({ proxies }) => proxies.length > 0)) return [];
    return jobsSeen(picture).flatMap((job) => {
      const line = commandsOf(job, picture).find(({ text }) => BUILD.test(text) && !GIVEN.test(text));
      const failed = failureOf(picture, BUILD);
      if (!line || !failed || !jobProxy(job)) return [];
      if (
        /Error response from daemon|failed to do request|pull access|Cannot connect to the Docker daemon/.test(
          failed.text,
        ) ||
        /\.docker\/config\.json[\s\S]*roxy|roxy[\s\S]*\.docker\/config\.json/.test(allScript(job))
      )
        return [];
      return [
        {
          file: line.file,
          line: line.line,
          at: 'build',
          says: `docker build does not hand the job's variables on: its RUN steps have no proxy, and one could not connect (${failed.file}:${failed.line}).`,
          remedy: {
            says: 'Add --build-arg HTTP_PROXY --build-arg HTTPS_PROXY --build-arg NO_PROXY and the same in lower case, or proxies in ~/.docker/config.json.',
          },
          ...runnerOfJob(job, picture),
        },
      ];
    });
  },
};
