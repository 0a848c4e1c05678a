import type { RunnerFacts } from '../../diagnosis/documents/document.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import {
  DIND_NO_PROXY,
  DOCKER_CONFIG_PRE_BUILD_SCRIPT,
  GET_SOURCES_HOOK,
  jobEnvironment,
} from '../../recipes/index.ts';
import { networkOf } from '../plan/network.ts';
import type { CasePlan } from '../plan/plan.ts';
import { proxyUrlOf } from '../plan/proxy-url.ts';
import { type Candidate, changing } from './candidate.ts';
import { linesOf } from './lines.ts';
import { lineInRunner } from './runner-line.ts';

/** A key of `[[runners]]` that the page sets. */
interface Wanted {
  readonly cause: string;
  readonly says: string;
  readonly remedy: string;
  readonly isThere: (runner: RunnerFacts) => boolean;
  readonly line: (plan: CasePlan, except: readonly string[]) => string;
}

const list = (values: readonly string[]): string => `[${values.map((each) => JSON.stringify(each)).join(', ')}]`;

const WANTED: readonly Wanted[] = [
  {
    cause: 'page/no-environment',
    says: 'The runner has no environment, so neither the helper nor the job has a proxy.',
    remedy: 'Add environment to [[runners]], as on the page.',
    isThere: ({ environment }) => environment.some(({ name }) => /_proxy$/i.test(name)),
    line: (plan, except) =>
      `environment = ${list(withSchemes(jobEnvironment(proxyUrlOf(plan), except.join(',') || undefined)))}`,
  },
  {
    cause: 'page/no-hook',
    says: 'The runner has no hook, so nothing but the variables gives git its proxy.',
    remedy: 'Add the hook to [[runners]], as on the page.',
    isThere: ({ hooks }) => hooks.some(({ key }) => /clone|get_sources/.test(key)),
    line: ({ hook }) => `${hook} = ${JSON.stringify(GET_SOURCES_HOOK)}`,
  },
  {
    cause: 'page/no-pre-build-script',
    says: 'The runner has no pre_build_script, so the docker CLI of a job finds no config.json.',
    remedy: 'Add pre_build_script to [[runners]], as on the page.',
    isThere: ({ hooks }) => hooks.some(({ key }) => key === 'pre_build_script'),
    line: () => `pre_build_script = ${JSON.stringify(DOCKER_CONFIG_PRE_BUILD_SCRIPT)}`,
  },
];

/** The page's own list has upper-case variables without a scheme, which not every client takes. */
const withSchemes = (variables: readonly string[]): readonly string[] =>
  variables.map((each) => each.replace(/^(HTTPS?_PROXY=)(?!\w+:\/\/)/, '$1http://'));

/** What the page has in `[[runners]]` and a customer's config.toml has not, each as a line that is added. */
export function environmentCandidates(picture: Picture, plan: CasePlan): readonly Candidate[] {
  const network = networkOf(picture, plan);
  const open = [plan.gitlab, ...plan.registries].map(({ host }) => host).filter((host) => network.isOpen(host));
  const except = [...(plan.job.kind === 'push' ? [DIND_NO_PROXY] : []), ...open];
  return picture.all('config-toml').flatMap((document) =>
    document.runners.flatMap((runner) =>
      WANTED.filter(
        ({ cause, isThere }) => !isThere(runner) && (plan.job.kind === 'push' || cause !== 'page/no-pre-build-script'),
      ).map(({ cause, says, remedy, line }) => ({
        cause,
        says,
        remedy,
        ...lineInRunner(document, runner, line(plan, except)),
      })),
    ),
  );
}

/** The spellings of the proxy variables that a runner's environment does not have, for clients that read those alone. */
export function spellingCandidates(picture: Picture, plan: CasePlan): readonly Candidate[] {
  return picture.all('config-toml').flatMap((document) =>
    document.runners.flatMap(({ environment, line }) => {
      const has = new Set(environment.map(({ name }) => name));
      const missing = BOTH.filter((name) => !has.has(name));
      const [edit] = linesOf(document, (text) =>
        text.replace(
          LIST,
          (_, before: string) =>
            `${before}${missing.map((name) => JSON.stringify(`${name}=${proxyUrlOf(plan)}`)).join(', ')}, `,
        ),
      ).filter((each) => each.line > line);
      if (!BOTH.some((name) => has.has(name)) || missing.length === 0 || !edit) return [];
      const spelling = missing.every((name) => name === name.toLowerCase()) ? 'lower' : 'upper';
      return [
        {
          cause: `page/no-${spelling}-case`,
          says: `environment has no ${missing.join(' and no ')}: some clients read that spelling alone, and the hook of the page the upper-case one.`,
          remedy: 'Add the variables in both cases, as on the page.',
          file: document.piece.file,
          line: edit.line,
          ...changing({ edits: [edit] }),
        },
      ];
    }),
  );
}

const BOTH = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'] as const;
const LIST = /^(\s*environment\s*=\s*\[)(?=\s*["'])/;
