import { goNoProxy } from '../../../clients/go/index.ts';
import { splitUrl } from '../../../url/index.ts';
import { dindOf, namesOf } from '../_dind.ts';
import { type JobSeen, jobExcepts, jobProxy, jobsSeen } from '../_jobs.ts';
import type { Cause } from '../cause.ts';
import { hostsIn } from './_replaced.ts';

const LIST = /^no_proxy$/i;

export const overriddenByJobCause: Cause = {
  id: 'no-proxy/overridden-by-job',
  severity: 'error',
  title: "The job's NO_PROXY takes the place of the runner's longer one.",
  seen: "NO_PROXY or no_proxy in .gitlab-ci.yml without a host that the runner's list has and the job uses: GitLab, the cache, a registry, the dind service. The lists are not added to each other, and $NO_PROXY within NO_PROXY does not stand for the runner's.",
  fix: 'Write the whole list in the job, or none.',
  symptoms: ['Artifacts and cache fail in one project only.'],
  find: (picture) =>
    jobsSeen(picture).flatMap((job) => {
      const own = job.job?.variables.findLast(({ name }) => LIST.test(name));
      const runners = job.runner?.environment.filter(({ name }) => LIST.test(name)) ?? [];
      const first = job.job?.variables.find(({ name }) => LIST.test(name));
      if (!own || !first || runners.length === 0 || !jobProxy(job)) return [];
      const lost = usedBy(job).find(
        ({ host, port }) => runners.some(({ value }) => goNoProxy(value, host, port)) && !jobExcepts(job, host, port),
      );
      if (!lost) return [];
      const { file, line, name } = first;
      return [
        {
          file,
          line,
          at: name,
          says: `This list takes the place of the runner's, and lacks ${lost.host}, which the job uses: the proxy is asked for it.`,
          remedy: { says: "Write the runner's entries here, too, or leave the variable out." },
        },
      ];
    }),
};

/** The hosts that a job asks, as far as the files tell. */
function usedBy(job: JobSeen): readonly { readonly host: string; readonly port: number }[] {
  const { runner, script, variables, services } = job;
  const gitlab = splitUrl(runner?.url ?? '');
  const cache = splitUrl(runner?.cache?.serverAddress ?? '');
  const dind = dindOf(job);
  const text = [
    ...script.map((each) => each.text),
    ...[...variables.values()].filter(({ name }) => !/_proxy$/i.test(name)).map((each) => each.value),
  ].join('\n');
  const names = new Set(services.flatMap(namesOf));
  const images = [...text.matchAll(/(?:^|[\s="'/])((?:[\w-]+\.)+[a-z]{2,}(?::\d+)?)\//gi)].map(([, each = '']) =>
    splitUrl(each),
  );
  return [
    { host: gitlab.host.toLowerCase(), port: gitlab.scheme === 'http' ? 80 : 443 },
    { host: cache.host.toLowerCase(), port: Number(cache.port ?? 443) },
    ...(dind ? [dind] : []),
    ...hostsIn(text).filter(({ host }) => host.includes('.') || names.has(host)),
    ...images.map(({ host, port }) => ({ host: host.toLowerCase(), port: Number(port ?? 443) })),
  ].filter(({ host }) => host !== '');
}
