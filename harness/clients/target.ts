import { isIP } from 'node:net';

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

/**
 * Takes a URL apart.
 * @throws RangeError that says what a URL must be, when it is none with http or https
 */
export function parseTarget(url: string): Target {
  const [, scheme = '', bracketed, plain, port] =
    /^(https?):\/\/(?:\[([0-9a-f:.]+)\]|([^\s/?#:@[\]]+))(?::(\d{1,5}))?(?:[/?#].*)?$/i.exec(url) ?? [];
  const host = bracketed ?? plain;
  const right =
    URL.canParse(url) &&
    host !== undefined &&
    (bracketed === undefined || isIP(bracketed) === 6) &&
    Number(port ?? 1) <= 65_535;
  if (!right || host === undefined) {
    throw new RangeError(
      `${JSON.stringify(url)} is no URL with http or https and a host: write it like https://gitlab.example.com/ or http://docker:2375/.`,
    );
  }
  const secure = scheme.toLowerCase() === 'https';
  return {
    url,
    scheme: secure ? 'https' : 'http',
    host,
    port: port === undefined ? (secure ? 443 : 80) : Number(port),
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
