import type { Picture } from '../../picture/picture.ts';
import { dindOf } from '../_dind.ts';
import { addingHost, goVariable, jobExcepts, jobsSeen, listPlace, runnerOfJob } from '../_jobs.ts';
import type { Cause, Found } from '../cause.ts';
import { runnerExcepts } from './_replaced.ts';

/** The proxy's answer, taken for the daemon's. */
const IN_LOG =
  /error during connect: .*"?https?:\/\/([\w.-]+):237[56]\/.*(?:Service Unavailable|Forbidden|Proxy Authentication Required|Bad Gateway|Gateway Timeout|proxyconnect)/;

export const dindHostMissingCause: Cause = {
  id: 'no-proxy/dind-host-missing',
  severity: 'error',
  title: 'The docker CLI asks the proxy for the dind service, whose name only the job knows.',
  seen: "A dind service, proxies for the jobs, and a NO_PROXY without the service's name: DOCKER_HOST's host, the alias, or docker. docker-registry.corp.example or .docker do not name it. Not with DOCKER_HOST=unix:// or tcp://127.0.0.1, which Go never asks a proxy for.",
  fix: "Add the service's name to NO_PROXY, without a port.",
  symptoms: [
    'error during connect: Get "https://docker:2376/v1.47/info": Service Unavailable',
    'Cannot connect to the Docker daemon at tcp://docker:2375',
    'Error response from daemon: <html>',
  ],
  find: (picture) => {
    const inFiles = jobsSeen(picture).flatMap((job): Found[] => {
      const dind = dindOf(job);
      if (!dind || jobExcepts(job, dind.host, dind.port) || runnerExcepts(job, dind.host, dind.port)) return [];
      const proxy = goVariable(job, dind.port === 2375 ? 'HTTP_PROXY' : 'HTTPS_PROXY');
      const place = proxy && listPlace(job);
      if (!place) return [];
      const edits = addingHost(picture, job, dind.host);
      return [
        {
          file: place.file,
          line: place.line,
          at: place.name,
          says: `Jobs have a proxy, and NO_PROXY does not name ${dind.host}, where the docker CLI looks for its daemon: it asks the proxy for it, which cannot know the name.`,
          remedy: { says: `Add ${dind.host} to NO_PROXY, in both spellings.`, ...(edits.length > 0 ? { edits } : {}) },
          ...runnerOfJob(job, picture),
        },
      ];
    });
    return inFiles.length > 0 ? inFiles : inLogs(picture);
  },
};

function inLogs(picture: Picture): readonly Found[] {
  const line = picture.lines.find(({ text }) => IN_LOG.test(text));
  const host = line && IN_LOG.exec(line.text)?.[1];
  if (!line || host === undefined || host.includes('.')) return [];
  const listed = jobsSeen(picture).some((job) => job.variables.size > 0 && jobExcepts(job, host, 2376));
  if (listed) return [];
  return [
    {
      file: line.file,
      line: line.line,
      at: host,
      says: `This is the proxy's answer: the docker CLI asked it for ${host}, the dind service, which NO_PROXY does not name.`,
      remedy: { says: `Add ${host} to NO_PROXY and no_proxy of the job.` },
    },
  ];
}
