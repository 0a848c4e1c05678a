import type { Picture } from '../../diagnosis/picture/picture.ts';
import { ownHosts } from '../../diagnosis/routes/asked.ts';
import { endpointOfUrl } from './endpoints.ts';
import type { Endpoint, PlannedJob } from './plan.ts';
import { symptomsIn } from './symptom.ts';

/** Where a program says no host of what it downloads. */
const SOMEWHERE: Endpoint = { host: 'downloads.customer.test', port: 443 };

/** How what a script downloads may fail for the proxy's sake. */
const OF_DOWNLOADS = new Set(['answered', 'untrusted', 'direct', 'connection-cut']);

/**
 * What a job does besides: its programs download something, or an artifact is uploaded, where a log tells that it failed; submodules, where
 * files tell of them.
 */
export function transfersIn(picture: Picture): Pick<PlannedJob, 'downloads' | 'uploads' | 'submodules'> {
  const symptoms = symptomsIn(picture);
  const failed = symptoms.filter(({ who, kind }) => who === 'tool' && OF_DOWNLOADS.has(kind));
  // One that has a peer of its own is asked anyway.
  const urls = failed.length > 0 ? ownHosts(picture).others.filter((url) => url.startsWith('https:')) : [];
  const hosts = urls.flatMap((url) => endpointOfUrl(url) ?? []).map(({ host, port }) => ({ host, port }));
  const downloads =
    hosts.length > 0
      ? hosts
      : failed.some(({ kind, host }) => kind === 'untrusted' && host === undefined)
        ? [SOMEWHERE]
        : [];
  const uploads = symptoms.some(({ who, kind }) => who === 'helper' && kind === 'too-large');
  return {
    ...(downloads.length > 0 ? { downloads } : {}),
    ...(uploads ? { uploads } : {}),
    ...(hasSubmodules(picture) ? { submodules: true } : {}),
  };
}

/** Whether a project has submodules, and its jobs fetch them. */
const hasSubmodules = (picture: Picture): boolean =>
  picture.all('tool').some(({ tool }) => tool === 'gitmodules') ||
  picture
    .all('ci')
    .some(({ variables, jobs }) =>
      [...variables, ...jobs.flatMap((job) => job.variables)].some(
        ({ name, value }) => name === 'GIT_SUBMODULE_STRATEGY' && /^(?:normal|recursive)$/.test(value),
      ),
    );
