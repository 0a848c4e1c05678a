/** Which spelling of the proxy variables to set: programs differ in which one they read. */
export type VariableCase = 'upper' | 'lower' | 'both';

/** A proxy as an environment names it. */
export interface ProxyVariables {
  /** The proxy's URL, credentials percent-encoded, exactly as it shall stand in the variables. */
  readonly url: string;
  /** Hosts to be reached directly, separated by commas; without it no NO_PROXY is set. */
  readonly noProxy?: string;
  /** `upper` by default, as on the page. */
  readonly case?: VariableCase;
}

/**
 * The environment that sends a process through a proxy: one URL for http and https, as the page gives it to the runner.
 * Source: “Adding Proxy variables to the GitLab Runner configuration”.
 */
export function proxyVariables(options: ProxyVariables): Record<string, string> {
  const upper: Record<string, string> = { HTTP_PROXY: options.url, HTTPS_PROXY: options.url };
  if (options.noProxy !== undefined) upper['NO_PROXY'] = options.noProxy;
  const lower = Object.fromEntries(Object.entries(upper).map(([name, value]) => [name.toLowerCase(), value]));
  if (options.case === 'lower') return lower;
  return options.case === 'both' ? { ...upper, ...lower } : upper;
}
