import {
  type AxisValues,
  behindProxy,
  proxyVariables,
  type RunnerConfig,
  type Stage,
} from '../../harness/kit/index.ts';

/** How the variables of the runner's process name the proxy; a script that GitLab has it run is not concerned. */
export const variablesAxis = {
  values: ['page', 'without-scheme', 'lower-case', 'lower-case-differs'],
  default: 'page',
} as const;

type Variables = (typeof variablesAxis)['values'][number];
const variablesOf = (axes: AxisValues): Variables =>
  variablesAxis.values.find((each) => each === axes['variables']) ?? 'page';

/** Whether they are those of the page. */
export const areOfPage = (axes: AxisValues): boolean => variablesOf(axes) === 'page';

/** What an `explains` says of the axis. */
export const VARIABLES_SAY =
  "With variables=without-scheme the value is host and port alone, as in the page's list for containers, which Go's clients take for an http URL; with variables=lower-case http_proxy and https_proxy alone name it; with variables=lower-case-differs they name another one, which nobody can reach: Go's clients, the runner among them, then take the upper-case variables (golang.org/x/net/http/httpproxy, FromEnvironment).";

/** Nobody has this name. */
const ELSEWHERE = 'http://proxy.invalid:3128/';

/** The configuration of a runner whose process has the variables of a case. */
export function withVariables(stage: Stage): RunnerConfig {
  const config = behindProxy(stage);
  // The page's URL of the proxy ends with a slash.
  const url = stage.world.proxy.url.replace(/\/*$/, '/');
  const { HTTP_PROXY: _, HTTPS_PROXY: __, ...others } = config.env;
  return { ...config, env: { ...others, ...VARIABLES[variablesOf(stage.axes)](url) } };
}

const VARIABLES: Readonly<Record<Variables, (url: string) => Readonly<Record<string, string>>>> = {
  page: (url) => proxyVariables({ url }),
  'without-scheme': (url) => proxyVariables({ url: url.replace(/^http:\/\//, '').replace(/\/$/, '') }),
  'lower-case': (url) => proxyVariables({ url, case: 'lower' }),
  'lower-case-differs': (url) => ({ ...proxyVariables({ url }), ...proxyVariables({ url: ELSEWHERE, case: 'lower' }) }),
};
