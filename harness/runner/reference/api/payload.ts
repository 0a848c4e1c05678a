import type { Behaviour } from '../behaviour.ts';

/** What the runner can do, as it tells GitLab; the features of the shell executor. */
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

/** `info` of every request that has one. */
export const runnerInfo = (behaviour: Behaviour): object => ({
  name: 'gitlab-runner',
  version: behaviour.version,
  revision: 'reference',
  platform: process.platform,
  architecture: process.arch === 'x64' ? 'amd64' : process.arch,
  executor: 'shell',
  shell: 'bash',
  features: FEATURES,
  config: { gpus: '' },
});

/** The `User-Agent` of the runner's own requests and, for git, of its fetches. */
export const userAgent = (behaviour: Behaviour): string =>
  `gitlab-runner ${behaviour.version} (reference; node${process.versions.node}; ${process.platform}/${process.arch})`;

/** The system id: stable for one runner, as from 15.8 on. */
export const SYSTEM_ID = 's_0123456789ab';
