import { splitUrl } from './split-url.ts';

/** Path and query of a request's target: of an absolute URL what an origin would be asked for (RFC 9112 section 3.2). */
export function originForm(target: string): string {
  const { scheme, rest } = splitUrl(target);
  return (scheme === undefined ? target : rest) || '/';
}

/** A URL without its scheme, as it is written: `host:port/path`. */
export const withoutScheme = (url: string): string => {
  const { scheme } = splitUrl(url);
  return scheme === undefined ? url : url.slice(`${scheme}://`.length);
};

/**
 * A URL with other userinfo, or with some where it had none.
 * @param userinfo as it shall stand in the URL, percent-encoded
 */
export function withUserinfo(url: string, userinfo: string): string {
  const { scheme, userinfo: before } = splitUrl(url);
  const rest = withoutScheme(url);
  const address = before === undefined ? rest : rest.slice(before.length + 1);
  return `${scheme === undefined ? '' : `${scheme}://`}${userinfo}@${address}`;
}
