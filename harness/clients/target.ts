import { splitUrl } from '../url/index.ts';

/** Where a URL leads, spelled as it was given: some clients compare letter by letter. */
export interface Target {
  readonly url: string;
  readonly scheme: 'http' | 'https';
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** The port is written in the URL. */
  readonly portIsWritten: boolean;
}

/** What cannot be read is repeated only where it can hold no password. */
const quoted = (url: string): string => (/^[\w.:/-]{1,80}$/.test(url) ? `"${url}"` : 'One of them');

/**
 * Takes a URL apart.
 * @throws RangeError that says what a URL must be, when it is none with http or https
 */
export function parseTarget(url: string): Target {
  const { scheme, userinfo, host, port } = splitUrl(url);
  const isRight =
    (scheme === 'http' || scheme === 'https') &&
    userinfo === undefined &&
    host !== '' &&
    !/[\s\\]/.test(host) &&
    port !== '' &&
    URL.canParse(url);
  if (!isRight) {
    throw new RangeError(
      `${quoted(url)} is no URL with http or https and a host: write it like https://gitlab.example.com/ or http://docker:2375/.`,
    );
  }
  return {
    url,
    scheme,
    host,
    port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port),
    portIsWritten: port !== undefined,
  };
}

/** Whether a text is such a URL. */
export function isTarget(url: string): boolean {
  try {
    parseTarget(url);
    return true;
  } catch {
    return false;
  }
}
