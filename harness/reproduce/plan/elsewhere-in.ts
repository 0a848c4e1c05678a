import { findingsIn } from '../../diagnosis/diagnose.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import type { Elsewhere } from './elsewhere.ts';
import { networkIn } from './network.ts';
import type { CasePlan } from './plan.ts';
import { symptomsIn } from './symptom.ts';

/** The status by which a proxy asks who it is, which is no refusal. */
const ASKS = 407;
/** Less than the artifact that is uploaded where a log tells of one that is too large. */
const BODY_LIMIT_BYTES = 200_000;
/** For a runner that waits, and loses the body when it asks again: often enough to fail twice, which a poll that works does not. */
const WAITS = { times: 4, resetSeconds: 1 } as const;

/**
 * What the proxy and GitLab do, by the logs: whom the proxy refuses, what is too large for it, and whether GitLab limits. Hosts of the
 * customer's own that the proxy does not lead to are not among them: those are reached without it (see `networkIn`).
 */
export function elsewhereIn(
  picture: Picture,
  { gitlab, intercepts, proxies, local }: Pick<CasePlan, 'gitlab' | 'intercepts' | 'proxies' | 'local'>,
): Elsewhere {
  const symptoms = symptomsIn(picture);
  const reachedWithout = new Set(networkIn(picture).denied.map(({ host }) => host));
  const refusesAnonymous = findingsIn(picture).some(({ cause }) => cause === 'git/proxy-denies-before-challenge');
  const refused = (refusesAnonymous ? [] : symptoms).flatMap(({ kind, host, status }) =>
    kind === 'answered' && host !== undefined && status !== undefined && status !== ASKS && !reachedWithout.has(host)
      ? [{ host, status }]
      : [],
  );
  const refuses = [...new Map(refused.map((each) => [each.host, each])).values()];
  // Of what is within TLS a proxy that does not open it sees no length.
  const isTooLarge =
    symptoms.some(({ kind, who }) => kind === 'too-large' && who === 'helper') && (!gitlab.tls || intercepts);
  const limits = symptoms.some(({ kind }) => kind === 'body-lost')
    ? WAITS
    : symptoms.some(({ kind }) => kind === 'poll-limited')
      ? {}
      : undefined;
  // Of cntlm the machine itself has files.
  const isDown =
    !local &&
    symptoms.some(
      ({ kind, peer }) =>
        kind === 'proxy-unreachable' && proxies.some(({ host, port }) => host === peer?.host && port === peer.port),
    );
  return {
    ...(isDown ? { proxyIsDown: true } : {}),
    ...(refuses.length > 0 ? { refuses } : {}),
    ...(refusesAnonymous ? { refusesAnonymous } : {}),
    ...(isTooLarge ? { bodyLimitBytes: BODY_LIMIT_BYTES } : {}),
    ...(limits ? { limits } : {}),
  };
}
