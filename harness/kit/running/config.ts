import type { Stage } from '../../conformance/authoring.ts';
import { proxyVariables } from '../../recipes/index.ts';
import type { RunnerConfig } from '../../runner/subject.ts';
import { POLL_INTERVAL_SECONDS } from './limits.ts';

/**
 * The configuration of a runner behind the world's proxy, as the page has it: its own process has HTTP_PROXY and HTTPS_PROXY,
 * it polls every {@link POLL_INTERVAL_SECONDS} s, and it is given GitLab's CA where that is private.
 * @param differs what the scenario has different; it replaces whole entries, `env` included
 */
export function configFor({ world }: Pick<Stage, 'world'>, differs: Partial<RunnerConfig> = {}): RunnerConfig {
  return {
    url: world.gitlabUrl,
    token: world.gitlab.tokens.runner,
    env: world.hasProxy ? proxyVariables({ url: world.proxy.url }) : {},
    checkInterval: POLL_INTERVAL_SECONDS,
    ...(world.gitlab.caPem === undefined ? {} : { caPem: world.gitlab.caPem }),
    ...differs,
  };
}
