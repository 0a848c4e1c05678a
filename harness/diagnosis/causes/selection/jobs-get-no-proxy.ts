import type { Picture, Setting } from '../../picture/picture.ts';
import { allScript, jobsSeen, proxiesAreInGitlab } from '../_jobs.ts';
import type { Cause } from '../cause.ts';
import { meantKey, OF_RUNNERS } from '../config-toml/_keys.ts';

const PROXY = /^(?:https?|all)_proxy$/i;

export const jobsGetNoProxyCause: Cause = {
  id: 'selection/jobs-get-no-proxy',
  severity: 'error',
  title: 'Jobs have no proxy: what the daemon or the runner service has does not reach containers.',
  seen: "A runner whose jobs run in containers has no proxy in its environment, while a unit of docker or gitlab-runner, or daemon.json, has one. Not with the shell executor, where .gitlab-ci.yml or GitLab's CI/CD variables have it, or for one runner of several unless its jobs are the complaint.",
  fix: 'Set the variables in environment of that [[runners]].',
  symptoms: [
    'git clone fails in jobs: Could not resolve host, Failed to connect',
    'the runner polls, and jobs have no network',
  ],
  find: (picture) => {
    const [given] = ofHost(picture);
    if (!given || proxiesAreInGitlab(picture) || hasAnotherCause(picture)) return [];
    const jobs = jobsSeen(picture);
    const isProxied = (names: Iterable<{ readonly name: string; readonly value: string }>): boolean =>
      [...names].some(({ name, value }) => PROXY.test(name.trim()) && value !== '');
    const siblings = picture.runners.some(({ environment }) => isProxied(environment));
    const traced = new Set(jobs.map(({ runner }) => runner?.name));
    return picture.runners.flatMap((runner) => {
      const { contained, name, line } = runner;
      const own = jobs.filter((job) => job.runner === runner);
      const file = picture.all('config-toml').find(({ runners }) => runners.includes(runner))?.piece.file;
      if (!contained || file === undefined || own.length === 0) return [];
      if (
        siblings &&
        !(traced.size === 1 && traced.has(name) && picture.runners.length > 1 && picture.lines.length > 0)
      )
        return [];
      if (own.some((job) => isProxied(job.variables.values()) || /https?_proxy/i.test(allScript(job)))) return [];
      return [
        {
          file,
          line,
          at: 'runners',
          says: `The jobs of ${name} have no proxy: what ${given.scope.of === 'service' ? given.scope.unit : 'dockerd'} is given in ${given.file} does not reach their containers.`,
          remedy: {
            says: `Write environment = ["HTTP_PROXY=…", "HTTPS_PROXY=…", "NO_PROXY=…", and the same in lower case] below this [[runners]].`,
          },
          ...(picture.runners.length > 1 ? { runner: name } : {}),
        },
      ];
    });
  },
};

/** What the host's own services have. */
const ofHost = (picture: Picture): readonly Setting[] =>
  picture.settings.filter(
    ({ effective, scope, variable, value }) =>
      effective &&
      value !== '' &&
      /^(?:HTTPS?|ALL)_PROXY$/.test(variable) &&
      (scope.of === 'daemon-json' || (scope.of === 'service' && /^(?:docker|gitlab-runner)$/.test(scope.unit))),
  );

/** Where proxies are written for jobs, and something else keeps them from it. */
const hasAnotherCause = (picture: Picture): boolean =>
  picture
    .all('config-toml')
    .some(
      ({ keys, error, runners }) =>
        error !== undefined ||
        runners.some(({ unassigned }) => unassigned.length > 0) ||
        keys.some(({ table, key }) =>
          table === 'runners' ? meantKey(key) === 'environment' : OF_RUNNERS.test(key) && !/\.services$/.test(table),
        ),
    );
