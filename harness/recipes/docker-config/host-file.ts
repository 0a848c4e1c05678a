/** What docker's config.json says of proxies: what the CLI gives to every container that it starts, and to builds. */
export interface DockerProxies {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
}

/**
 * `/root/.docker/config.json` as the page has it, for the clients of the host.
 * Source: “Proxy settings when using dind service”.
 */
export function dockerConfigFile(proxies: DockerProxies): string {
  return `${JSON.stringify({ proxies: { default: proxies } }, null, 4)}\n`;
}
