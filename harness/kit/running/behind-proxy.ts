import type { Stage } from '../../conformance/authoring.ts';
import { proxyVariables } from '../../recipes/index.ts';
import type { RunnerConfig } from '../../runner/subject.ts';
import { configFor } from './config.ts';

/**
 * A runner whose own process has the proxy variables as the page sets them.
 *
 * Jobs of this family want no sources, but a runner that does not heed GIT_STRATEGY clones all the same, and git ignores
 * HTTP_PROXY in upper case. That is the git family's matter, so git's own variables tell it the proxy here.
 * @param noProxy adds NO_PROXY, in the variable of this name
 */
export function behindProxy(
  { world }: Pick<Stage, 'world'>,
  noProxy?: { readonly variable: string; readonly value: string },
): RunnerConfig {
  return configFor(
    { world },
    {
      env: {
        ...proxyVariables({ url: world.proxy.url }),
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'http.proxy',
        GIT_CONFIG_VALUE_0: world.proxy.url,
        ...(noProxy ? { [noProxy.variable]: noProxy.value } : {}),
      },
    },
  );
}
