import { dindOf } from '../causes/_dind.ts';
import { type JobSeen, jobsSeen } from '../causes/_jobs.ts';
import type { Picture } from '../picture/picture.ts';
import { serviceName } from '../service-name.ts';
import { type Asked, imageRegistry, ownHosts } from './asked.ts';
import type { Actor, Given } from './route.ts';

const PROXY = /^(?:https?|no|all)_proxy$/i;

/** Every program that files tell of, with what it is given and what it asks for. */
export function actorsOf(picture: Picture): readonly Actor[] {
  const asked = ownHosts(picture);
  const jobs = jobsSeen(picture);
  const ofJobs = jobs.flatMap((job) => inJob(picture, job, asked));
  const actors = [...onHost(picture, asked), ...ofJobs, ...(jobs.some(dindOf) ? [] : dindInLogs(asked, jobs))];
  // Jobs that get the same are said once, without the name of one of them.
  const alike = Map.groupBy(actors, ({ client, given, asks, name }) =>
    JSON.stringify([client, given, asks, name.split(' in ')[0]]),
  );
  return [...alike.values()].flatMap(([first, ...others]): Actor[] => {
    if (!first) return [];
    const { job, ...rest } = first;
    return [others.some((each) => each.job !== job) ? rest : first];
  });
}

function onHost(picture: Picture, { gitlab, registries, cache }: Asked): readonly Actor[] {
  const hasRunner = picture.runners.length > 0 || isServiceTold(picture, 'gitlab-runner');
  const pulls =
    picture.runners.some(({ executor }) => /^docker\b/.test(executor)) ||
    picture.all('daemon-json').length > 0 ||
    isServiceTold(picture, 'docker');
  // What runs on the host itself uploads its caches by itself.
  const inProcess = picture.runners.some(({ contained }) => !contained) ? cache : [];
  return [
    ...(hasRunner
      ? [
          {
            name: 'gitlab-runner',
            client: 'go',
            given: serviceOf(picture, 'gitlab-runner'),
            asks: [...gitlab, ...inProcess],
            isTold: isServiceTold(picture, 'gitlab-runner'),
          } as const,
        ]
      : []),
    ...(pulls
      ? [
          {
            name: 'dockerd',
            client: 'dockerd',
            given: daemonOf(picture),
            asks: registries,
            isTold: isServiceTold(picture, 'docker') || picture.all('daemon-json').length > 0,
          } as const,
        ]
      : []),
  ];
}

/** Whether files of a service, or what systemd says of it, are there; without a word of proxies it has none. */
const isServiceTold = (picture: Picture, unit: string): boolean =>
  serviceOf(picture, unit).length > 0 ||
  [...picture.all('unit'), ...picture.all('show')].some((each) => serviceName(each.unit) === unit);

/** What a service of the host is given: by its own files, or else by what `systemctl show` prints. */
function serviceOf(picture: Picture, unit: string): readonly Given[] {
  const own = picture.effective(
    'service',
    (scope) => scope.of === 'service' && (scope.unit === unit || scope.unit === ''),
  );
  if (own.length > 0) return own.map(brief);
  return picture
    .all('show')
    .filter((each) => serviceName(each.unit ?? unit) === unit)
    .flatMap(({ environment }) => environment.filter(({ name }) => PROXY.test(name)).map(brief));
}

/** daemon.json's `proxies` go before the environment (dockerd(8), “Daemon configuration”). */
function daemonOf(picture: Picture): readonly Given[] {
  const file = picture.effective('daemon-json').map(brief);
  const names = new Set(file.map(({ name }) => name.toUpperCase()));
  return [...file, ...serviceOf(picture, 'docker').filter(({ name }) => !names.has(name.toUpperCase()))];
}

function inJob(picture: Picture, job: JobSeen, asked: Asked): readonly Actor[] {
  const own = [...job.variables.values()].filter(({ name }) => PROXY.test(name)).map(brief);
  // What runs on the host itself gets the environment of the runner's process, too.
  const isContained = job.runner?.contained !== false;
  const given = isContained ? own : [...serviceOf(picture, 'gitlab-runner'), ...own];
  const isTold = job.runner !== undefined || own.length > 0;
  const where = job.runner ? `jobs of ${job.runner.name}` : 'jobs';
  const named = job.job ? { job: job.job.name } : {};
  const make = (name: string, client: Actor['client'], of: readonly Given[], asks: readonly string[]): Actor[] =>
    asks.length === 0 ? [] : [{ name: `${name} in ${where}`, ...named, client, given: of, asks, isTold }];
  return [
    ...make('git', 'git', asGit(picture, given), asked.gitlab),
    ...make('the helper', 'go', given, isContained ? asked.cache : []),
    ...make('curl', 'curl', given, asked.others),
    ...inDind(job, given, asked, make),
  ];
}

function inDind(
  job: JobSeen,
  given: readonly Given[],
  { registries, ofDind: failed }: Asked,
  make: (name: string, client: Actor['client'], of: readonly Given[], asks: readonly string[]) => Actor[],
): readonly Actor[] {
  const dind = dindOf(job);
  if (!dind) return [];
  const { environment } = dind.service;
  const scheme = dind.port === 2375 ? 'http' : 'https';
  const pushed = [...registries.filter((url) => !url.includes('docker.io')), ...scriptRegistries(job), ...failed];
  const ofDind = [
    ...given.filter(({ name }) => !environment.some((each) => each.name === name)),
    ...environment.filter(({ name }) => PROXY.test(name)).map(brief),
  ];
  return [
    ...make('docker', 'docker', given, [`${scheme}://${dind.host}:${dind.port}`]),
    ...make('dind', 'dockerd', ofDind, pushed.length > 0 ? pushed : registries),
  ];
}

/** A dind that only a log tells of: it gets what jobs get. */
function dindInLogs({ ofDind }: Asked, [job]: readonly JobSeen[]): readonly Actor[] {
  if (!job || ofDind.length === 0) return [];
  const given = [...job.variables.values()].filter(({ name }) => PROXY.test(name)).map(brief);
  const where = job.runner ? `jobs of ${job.runner.name}` : 'jobs';
  const isTold = job.runner !== undefined || given.length > 0;
  return [{ name: `dind in ${where}`, client: 'dockerd', given, asks: ofDind, isTold }];
}

/** git's own setting goes before the variables of both schemes (git-config(1), http.proxy). */
function asGit(picture: Picture, given: readonly Given[]): readonly Given[] {
  const own = gitProxy(picture);
  return own.length === 0 ? given : [...given.filter(({ name }) => /^no_proxy$/i.test(name)), ...own];
}

const gitProxy = (picture: Picture): readonly Given[] =>
  picture
    .all('git-config')
    .flatMap(({ entries }) =>
      entries
        .filter(
          ({ section, subsection, key, value }) => section === 'http' && !subsection && key === 'proxy' && value !== '',
        )
        .flatMap(({ value, file, line }) => ['http_proxy', 'https_proxy'].map((name) => ({ name, value, file, line }))),
    );

/** Registries that the script logs in to or pushes to. */
const scriptRegistries = ({ script }: JobSeen): readonly string[] =>
  script.flatMap(({ text }) => {
    const image = /\bdocker\s+(?:push|pull|login)\b.*?\s([\w.-]+\.[\w.:-]+)(?:\/\S*)?\s*$/.exec(text)?.[1];
    const registry = image === undefined ? undefined : imageRegistry(`${image}/x`);
    return registry === undefined ? [] : [`https://${registry}`];
  });

const brief = ({ name, value, file, line }: Given): Given => ({ name, value, file, line });
