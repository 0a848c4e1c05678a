import { withoutScheme } from '../url/index.ts';

/**
 * The `environment` list of the page: the proxy for both spellings of both variables. As on the page, the lower-case
 * ones hold a URL and the upper-case ones leave out the scheme, and none ends in a slash.
 * Source: “Adding the Proxy to the Docker containers”.
 * @param proxyUrl the proxy as the job reaches it, credentials percent-encoded
 * @param noProxy hosts to be reached directly; the page's own list has none
 */
export function jobEnvironment(proxyUrl: string, noProxy?: string): string[] {
  const url = literal(proxyUrl.replace(/\/+$/, ''));
  const address = withoutScheme(url);
  const list = [`https_proxy=${url}`, `http_proxy=${url}`, `HTTPS_PROXY=${address}`, `HTTP_PROXY=${address}`];
  if (noProxy !== undefined) list.push(`no_proxy=${literal(noProxy)}`, `NO_PROXY=${literal(noProxy)}`);
  return list;
}

/** The runner expands `$NAME` in these values, so a dollar sign that is meant is written twice. */
const literal = (value: string): string => value.replaceAll('$', '$$$$');
