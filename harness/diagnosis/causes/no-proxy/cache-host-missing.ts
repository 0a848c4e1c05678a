import { splitUrl } from '../../../url/index.ts';
import { addingHost, goVariable, jobExcepts, jobsSeen, runnerOfJob } from '../_jobs.ts';
import type { Cause } from '../cause.ts';
import { runnerExcepts } from './_replaced.ts';

export const cacheHostMissingCause: Cause = {
  id: 'no-proxy/cache-host-missing',
  severity: 'error',
  title: 'The helper asks the proxy for the cache server, which is an internal one.',
  seen: "ServerAddress of [runners.cache.s3] is a private address or an internal name, jobs have a proxy, and their NO_PROXY does not have it: an address as such, or a network around it. Amazon's, Google's and Azure's public servers need no entry.",
  fix: 'Add it to NO_PROXY.',
  symptoms: ['received: 403 Forbidden', 'Failed to extract cache'],
  find: (picture) =>
    jobsSeen(picture).flatMap((job) => {
      const { cache } = job.runner ?? {};
      if (!cache || cache.serverAddress === undefined || /^(?:gcs|azure)$/.test(cache.type)) return [];
      const { host, port, scheme = cache.scheme } = splitUrl(cache.serverAddress);
      const isPlain = scheme === 'http';
      const number = Number(port ?? (isPlain ? 80 : 443));
      if (host === '' || !picture.isInternal(host)) return [];
      const proxy = goVariable(job, isPlain ? 'HTTP_PROXY' : 'HTTPS_PROXY');
      if (!proxy || jobExcepts(job, host.toLowerCase(), number) || runnerExcepts(job, host, number)) return [];
      const { file, line, name } = goVariable(job, 'NO_PROXY') ?? { ...cache, name: host };
      const edits = addingHost(picture, job, host);
      return [
        {
          file,
          line,
          at: name,
          says: `The cache server ${host} is an internal one, and the NO_PROXY of the jobs does not have it: the helper asks the proxy for the cache.`,
          remedy: { says: `Add ${host} to NO_PROXY, in both spellings.`, ...(edits.length > 0 ? { edits } : {}) },
          ...runnerOfJob(job, picture),
        },
      ];
    }),
};
