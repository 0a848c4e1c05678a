import { dropInPath } from '../../recipes/index.ts';

/** The port of the page's cntlm. */
export const CNTLM_PORT = 3128;

/** Where the page's files lie. */
export const PAGE_PATHS = {
  cntlm: '/etc/cntlm.conf',
  docker: dropInPath('docker'),
  runner: dropInPath('gitlab-runner'),
  config: '/etc/gitlab-runner/config.toml',
  dockerConfig: '/root/.docker/config.json',
} as const;

/** Where the helper's program is on a machine that a runner is installed on. */
export const INSTALLED_HELPER = '/usr/local/bin/gitlab-runner-helper';
