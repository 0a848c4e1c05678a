import {
  check,
  type Evidence,
  type Exchange,
  type Finding,
  headerOf,
  isSuccess,
  type RunnerRequest,
} from '../../harness/kit/index.ts';

/** That the target of a redirect is asked as GitLab was, and that this is a success. */
export function isFollowed(kind: RunnerRequest, redirected: Exchange, next: Exchange | undefined): Finding {
  const where = kind === 'download' ? 'the object storage' : 'the target of the redirect';
  const differs = next && differenceOf(redirected, next);
  const seen = next
    ? `${next.method} ${next.target.split('?')[0]} arrived there${differs ? ` ${differs}` : ' as it was'}, and was answered with ${next.status ?? 'nothing'}`
    : 'no request arrived there';
  return check(
    next !== undefined && differs === undefined && isSuccess(next),
    `${where} gets the same request, with the same method and body, and its answer is a success`,
    seen,
    redirected,
    next,
  );
}

/** What is not the same in the request that follows a redirect, as a report ends a sentence. */
function differenceOf(before: Exchange, after: Exchange): string | undefined {
  if (before.method !== after.method) return `in place of ${before.method}`;
  const digest = ({ body }: Exchange): string | undefined => body?.formSha256 ?? body?.sha256;
  if ((before.body?.bytes ?? 0) !== (after.body?.bytes ?? 0)) {
    return `with a body of ${after.body?.bytes ?? 0} bytes in place of ${before.body?.bytes ?? 0}`;
  }
  return digest(before) === digest(after) ? undefined : 'with another body';
}

/** That the target is not told who the runner is to the proxy, or to anybody else who asks for it. */
export function isAuthorizedNowhere(next: Exchange): Finding {
  const shown = ['Authorization', 'Proxy-Authorization'].find((name) => headerOf(next.headers, name) !== undefined);
  return check(
    shown === undefined,
    'the target of the redirect gets no credentials that are not meant for it',
    shown === undefined ? 'it got none' : `it got them in the header ${shown}`,
    next,
  );
}

/** That a host is asked by a tunnel to it, and not by one to another that is open already. */
export function hasTunnelOfItsOwn(evidence: Evidence, next: Exchange): Finding {
  const host = headerOf(next.headers, 'Host') ?? 'the target';
  const tunnels = evidence.proxy().filter(({ method }) => method === 'CONNECT');
  const tunnel = tunnels.find(({ target }) => target === host);
  return check(
    tunnel !== undefined,
    `${host} is asked by a tunnel to it`,
    tunnel
      ? 'there is one'
      : `there are tunnels to ${[...new Set(tunnels.map(({ target }) => target))].join(', ')} alone`,
    next,
    tunnel,
  );
}
