import type { RunnerConfig } from '../../subject.ts';
import type { Behaviour } from '../behaviour.ts';

/** What the runner can do, as it tells GitLab; here with the shell executor. */
const FEATURES = {
  variables: true,
  image: false,
  services: false,
  artifacts: true,
  cache: false,
  shared: true,
  upload_multiple_artifacts: true,
  upload_raw_artifacts: true,
  session: false,
  terminal: false,
  refspecs: true,
  masking: true,
  proxy: false,
  raw_variables: true,
  artifacts_exclude: false,
  multi_build_steps: true,
  trace_reset: true,
  trace_checksum: true,
  trace_size: true,
  vault_secrets: false,
  cancelable: true,
  return_exit_code: true,
  service_variables: false,
};

/** What the Docker executor can do besides. */
const DOCKER_FEATURES = {
  ...FEATURES,
  image: true,
  services: true,
  cache: true,
  shared: false,
  service_variables: true,
};

/** `info` of every request that has one. */
export const runnerInfo = (behaviour: Behaviour, { docker }: Pick<RunnerConfig, 'docker'>): object => ({
  name: 'gitlab-runner',
  version: behaviour.version,
  revision: 'reference',
  platform: process.platform,
  architecture: process.arch === 'x64' ? 'amd64' : process.arch,
  executor: docker ? 'docker' : 'shell',
  shell: 'bash',
  features: docker ? DOCKER_FEATURES : FEATURES,
  config: { gpus: '' },
});

/** The `User-Agent` of the runner's own requests and, for git, of its fetches. */
export const userAgent = (behaviour: Behaviour): string =>
  `gitlab-runner ${behaviour.version} (reference; node${process.versions.node}; ${process.platform}/${process.arch})`;

/** The system id: stable for one runner, as from 15.8 on. */
export const SYSTEM_ID = 's_0123456789ab';
