import type { Failure } from '../../failures/failure.ts';
import type { Picture } from '../../picture/picture.ts';
import { hostOfFailure, NAMES, onLine, settingsOfWho } from '../_log.ts';
import { hostPlaceOf } from '../_place.ts';
import type { Cause } from '../cause.ts';
import { gapsOf } from '../no-proxy/_gaps.ts';
import { sentElsewhere } from '../registry/mirror-redirects-elsewhere.ts';
import { denied, isBeforeChallenge, isOtherPort } from './_denied.ts';

export const deniedByPolicyCause: Cause = {
  id: 'auth/denied-by-policy',
  severity: 'error',
  title: "The proxy's rules refuse the host, the method or the client.",
  seen: '403 in answer to CONNECT, or a reason phrase of the proxy’s own, for an external host; TCP_DENIED/403 in squid’s log. For a host of your own it is NO_PROXY, for a port other than 443 the port.',
  fix: "Have the host allowed by the proxy's administrators.",
  symptoms: ['CONNECT tunnel failed, response 403', 'Forbidden', 'AuthorizedOnly', 'TCP_DENIED/403'],
  find: (picture) =>
    denied(picture)
      .filter(
        (each) =>
          ['external', 'internal'].includes(hostPlaceOf(picture, each)) &&
          !isOtherPort(each) &&
          !isToldBetter(picture, each) &&
          !isBeforeChallenge(picture, each),
      )
      .map((each) =>
        onLine(
          each,
          `The proxy refuses ${NAMES[each.who]} the way to ${hostOfFailure(each)} with 403: its rules do not allow it.`,
          `Have ${hostOfFailure(each)} allowed by the proxy's administrators.`,
        ),
      ),
};

/** A host of one's own that a list was to spare: its network stands there, or the mirror that sends there. pip, for one, names no host. */
function isToldBetter(picture: Picture, { target, who }: Failure): boolean {
  const host = target?.host;
  // The log is of before the list had it.
  if (host !== undefined && picture.isInternal(host) && picture.excepts(settingsOfWho(picture, who), host)) return true;
  const isSame = (other: string): boolean => host === undefined || host === other;
  return (
    gapsOf(picture, 'internal').some((gap) => gap.kind === 'network' && isSame(gap.host)) ||
    (host !== undefined && sentElsewhere(picture).some((each) => each.target?.host === host))
  );
}
