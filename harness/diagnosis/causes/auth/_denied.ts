import type { Failure } from '../../failures/failure.ts';
import type { Picture } from '../../picture/picture.ts';
import { byHost, failuresOfKind, firstOf } from '../_log.ts';
import { hostPlaceOf } from '../_place.ts';

/** Hosts that the proxy refused with 403, each once; those of a job's services are other causes'. */
export const denied = (picture: Picture): readonly Failure[] =>
  firstOf(
    failuresOfKind(picture, 'answered').filter(
      (each) =>
        each.status === 403 && hostPlaceOf(picture, each) !== 'service' && hostPlaceOf(picture, each) !== 'cache',
    ),
    (each) => `${byHost(each)} ${each.target?.port ?? ''}`,
  );

/** CONNECT is for other ports than 443. */
export const isOtherPort = ({ target }: Failure): boolean =>
  target !== undefined && target.port !== 443 && !(target.scheme === 'http' && target.port === 80);

/**
 * git alone is refused: its proxy has a password, which it sends only after a 407, and another client got through to the same host.
 */
export function isBeforeChallenge(picture: Picture, failure: Failure): boolean {
  if (failure.who !== 'git' || failure.target === undefined) return false;
  const { host } = failure.target;
  const hasCredentials = picture.proxies.some((each) => each.hasCredentials);
  if (!hasCredentials) return false;
  return passedBySquid(picture, host) || passedInLog(picture, failure, host);
}

const passedBySquid = (picture: Picture, host: string): boolean =>
  picture.all('squid-log').some(({ requests }) => requests.some((each) => each.host === host && each.status < 400));

/** A command of another client for the host, after which nothing failed before the next command. */
function passedInLog(picture: Picture, failure: Failure, host: string): boolean {
  return picture.all('log').some(({ lines }) =>
    lines.some(({ text, file, line }, at) => {
      if (!/(?:^|[$#] )\s*(?:curl|wget|http|pip|npm)\b/.test(text) || !text.includes(host)) return false;
      if (file === failure.file && line > failure.line) return false;
      const next = lines.slice(at + 1, at + 6);
      const end = next.findIndex((each) => /(?:^|\s)[$#] \S|Fetching changes|unable to access/.test(each.text));
      return !next
        .slice(0, end < 0 ? undefined : end)
        .some((each) => /curl: \(|response 40|40[37] |failed/i.test(each.text));
    }),
  );
}
