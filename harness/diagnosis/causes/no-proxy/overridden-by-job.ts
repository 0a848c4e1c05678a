import { goNoProxy } from '../../../clients/go/index.ts';
import { splitUrl } from '../../../url/index.ts';
import type { Assigned } from '../../documents/document.ts';
import { failuresOf } from '../../failures/failures.ts';
import type { Picture } from '../../picture/picture.ts';
import { dindOf, namesOf } from '../_dind.ts';
import { editing } from '../_editing.ts';
import { type JobSeen, jobExcepts, jobProxy, jobsSeen } from '../_jobs.ts';
import type { Cause, Edit } from '../cause.ts';
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
      const lists = job.job?.variables.filter(({ name }) => LIST.test(name)) ?? [];
      const runners = job.runner?.environment.filter(({ name }) => LIST.test(name)) ?? [];
      const [first] = lists;
      const [theirs] = runners;
      if (!first || !theirs || !jobProxy(job)) return [];
      const lost = usedBy(job).find(
        ({ host, port }) => runners.some(({ value }) => goNoProxy(value, host, port)) && !jobExcepts(job, host, port),
      );
      if (!lost) return [];
      const { file, line, value } = first;
      const missing = missingIn(lists, runners);
      const edits = completing(picture, lists, missing);
      return [
        {
          file,
          line,
          at: value,
          says: `This list takes the place of the runner's (${theirs.file}:${theirs.line}), and lacks ${lost.host}, which the job uses: the proxy is asked for that host${seen(picture, lost.host)}.`,
          remedy: {
            says: `Write the runner's entries here, too (${missing.join(', ')})${
              lists.length > 1 ? ', in both spellings' : ''
            }, or leave the variable out.`,
            ...(edits.length > 0 ? { edits } : {}),
          },
        },
      ];
    }),
};

const entriesOf = ({ value }: Assigned): readonly string[] =>
  value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** What the runner's lists have and the job's do not, as it is written there. */
function missingIn(lists: readonly Assigned[], runners: readonly Assigned[]): readonly string[] {
  const own = new Set(lists.flatMap(entriesOf).map((entry) => entry.toLowerCase()));
  return [...new Set(runners.flatMap(entriesOf))].filter((entry) => !own.has(entry.toLowerCase()));
}

/** Each of a job's lists with what it lacks; a reference to itself, which stands for nothing, goes. None where one cannot be written. */
function completing(picture: Picture, lists: readonly Assigned[], missing: readonly string[]): readonly Edit[] {
  const edits = lists.flatMap((list) => {
    const own = entriesOf(list).filter((entry) => !/^\$\{?no_proxy\}?$/i.test(entry));
    const whole = [...own, ...missing].join(',');
    if (list.value === '' || list.value.includes('\n')) return [];
    return editing(picture, list, (line) => line.replace(list.value, () => whole));
  });
  const places = new Set(edits.map(({ file, line }) => `${file}:${line}`));
  return places.size === lists.length ? edits : [];
}

/** What a log shows of that. */
function seen(picture: Picture, host: string): string {
  const failure = failuresOf(picture).find(({ kind, target }) => kind === 'answered' && target?.host === host);
  return failure ? `, and answers ${failure.status ?? 403} (${failure.file}:${failure.line})` : '';
}

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
    { host: cache.host.toLowerCase(), port: Number(cache.port ?? (runner?.cache?.scheme === 'http' ? 80 : 443)) },
    ...(dind ? [dind] : []),
    ...hostsIn(text).filter(({ host }) => host.includes('.') || names.has(host)),
    ...images.map(({ host, port }) => ({ host: host.toLowerCase(), port: Number(port ?? 443) })),
  ].filter(({ host }) => host !== '');
}
