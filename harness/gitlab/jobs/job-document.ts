import { withUserinfo } from '../../url/index.ts';
import type { JobServiceSpec } from '../spec.ts';
import type { Job } from './job.ts';

/** What a job document needs to know about the server around it. */
export interface ServerSurroundings {
  /** Base URL of the server, by name. */
  readonly url: string;
  readonly host: string;
  /** The repository to clone, and the commit at the head of its `main`. */
  readonly repository: { readonly path: string; readonly head: string };
  /** A job that is done and whose artifacts this one takes. */
  readonly dependency?: {
    readonly id: number;
    readonly token: string;
    readonly filename: string;
    readonly size: number;
  };
  /** `host:port` of the container registry, if there is one. */
  readonly registry?: string;
}

interface Variable {
  readonly key: string;
  readonly value: string;
  readonly public: boolean;
  /** GitLab always says it; a runner that looks for it refuses the job otherwise. */
  readonly masked: boolean;
}

const FAILURE_REASONS = [
  'unknown_failure',
  'script_failure',
  'runner_system_failure',
  'job_execution_timeout',
  'image_pull_failure',
];
/** As whom a job's token is shown. */
const TOKEN_USER = 'gitlab-ci-token';
const NO_COMMIT = '0'.repeat(40);
const TIMEOUT_SECONDS = 3600;

/**
 * The answer to a job request, as every runner from 14.10 to 19.3 takes it. There is no `run` key: a runner of 18 or
 * later loses a job whose `run` is empty.
 */
export function jobDocument(job: Job, around: ServerSurroundings): object {
  const { spec } = job;
  const { path, head } = around.repository;
  const timeout = spec.timeoutSeconds ?? TIMEOUT_SECONDS;
  const repositoryUrl = `${withUserinfo(around.url, `gitlab-ci-token:${job.token}`)}/${path}.git`;
  return {
    id: job.id,
    token: job.token,
    allow_git_fetch: spec.allowGitFetch ?? true,
    job_info: {
      name: 'build',
      stage: 'test',
      project_id: 7,
      project_name: path.split('/').at(-1),
      project_full_path: path,
    },
    git_info: {
      repo_url: repositoryUrl,
      ref: 'main',
      sha: head,
      before_sha: NO_COMMIT,
      ref_type: 'branch',
      refspecs: ['+refs/heads/main:refs/remotes/origin/main'],
      depth: spec.depth ?? 0,
    },
    runner_info: { timeout },
    variables: variablesOf(job, around, repositoryUrl),
    // GitLab makes one script of both.
    steps: [
      {
        name: 'script',
        script: [...(spec.beforeScript ?? []), ...(spec.script ?? ['true'])],
        timeout,
        when: 'on_success',
        allow_failure: false,
      },
      ...(spec.afterScript === undefined ? [] : [afterScriptOf(spec.afterScript, timeout)]),
    ],
    // GitLab always has both keys; a runner that looks for them must find them.
    image: spec.image === undefined ? null : imageOf(spec.image),
    services: (spec.services ?? []).map(serviceOf),
    artifacts: spec.artifacts ? [artifactsOf(spec.artifacts)] : [],
    cache: spec.cache ? [cacheOf(spec.cache)] : [],
    credentials:
      around.registry === undefined || spec.registryLogin === false ? [] : [credentialsOf(around.registry, job)],
    dependencies: around.dependency ? [dependencyOf(around.dependency)] : [],
    features: { trace_sections: true, failure_reasons: FAILURE_REASONS },
  };
}

function variablesOf(job: Job, around: ServerSurroundings, repositoryUrl: string): Variable[] {
  const { spec } = job;
  const { path, head } = around.repository;
  const plain: Record<string, string> = {
    CI_JOB_ID: String(job.id),
    CI_JOB_NAME: 'build',
    CI_JOB_STAGE: 'test',
    CI_PROJECT_ID: '7',
    CI_PROJECT_PATH: path,
    CI_PROJECT_NAME: path.split('/').at(-1) ?? path,
    CI_CONFIG_PATH: '.gitlab-ci.yml',
    CI_COMMIT_SHA: head,
    CI_COMMIT_REF_NAME: 'main',
    CI_SERVER_URL: around.url,
    CI_SERVER_HOST: around.host,
    CI_API_V4_URL: `${around.url}/api/v4`,
    ...(spec.repository === undefined ? { GIT_STRATEGY: 'none' } : {}),
    ...(spec.depth === undefined ? {} : { GIT_DEPTH: String(spec.depth) }),
    ...(spec.submodules === undefined ? {} : { GIT_SUBMODULE_STRATEGY: spec.submodules }),
    ...(around.registry === undefined ? {} : registryVariables(around.registry, path)),
    ...spec.variables,
  };
  return [
    ...Object.entries(plain).map(([key, value]) => ({ key, value, public: true, masked: false })),
    ...Object.entries(spec.maskedVariables ?? {}).map(([key, value]) => ({ key, value, public: false, masked: true })),
    { key: 'CI_JOB_TOKEN', value: job.token, public: false, masked: true },
    { key: 'CI_REPOSITORY_URL', value: repositoryUrl, public: false, masked: false },
    ...(around.registry === undefined
      ? []
      : [{ key: 'CI_REGISTRY_PASSWORD', value: job.token, public: false, masked: true }]),
  ];
}

const registryVariables = (address: string, path: string) => ({
  CI_REGISTRY: address,
  CI_REGISTRY_USER: TOKEN_USER,
  CI_REGISTRY_IMAGE: `${address}/${path}`,
});

/** By which a runner pulls the images of its jobs. */
const credentialsOf = (address: string, { token }: Job) => ({
  type: 'registry',
  url: address,
  username: TOKEN_USER,
  password: token,
});

/** As GitLab's `Gitlab::Ci::Build::Step.from_after_script` makes it. */
const afterScriptOf = (script: readonly string[], timeout: number) => ({
  name: 'after_script',
  script,
  timeout,
  when: 'always',
  allow_failure: true,
});

/** The form of GitLab's `JobRequest::Image`. */
const imageOf = (name: string) => ({ name, entrypoint: null, ports: [], executor_opts: {}, pull_policy: null });

/** The form of GitLab's `JobRequest::Service`. */
const serviceOf = ({ name, alias, command, entrypoint }: JobServiceSpec) => ({
  ...imageOf(name),
  entrypoint: entrypoint ?? null,
  alias: alias ?? null,
  command: command ?? null,
  variables: null,
});

const cacheOf = ({ key, paths }: { readonly key: string; readonly paths: readonly string[] }) => ({
  key,
  untracked: false,
  policy: 'pull-push',
  paths,
  when: 'on_success',
  fallback_keys: [],
});

const artifactsOf = (paths: readonly string[]) => ({
  name: 'artifacts',
  paths,
  when: 'always',
  artifact_type: 'archive',
  artifact_format: 'zip',
  expire_in: '1 day',
});

const dependencyOf = ({ id, token, filename, size }: NonNullable<ServerSurroundings['dependency']>) => ({
  id,
  token,
  name: 'earlier',
  artifacts_file: { filename, size },
});
