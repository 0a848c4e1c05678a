import type { EventOf } from '../../ledger/index.ts';
import { clientOf, type Rule } from './rule.ts';

/** A client has gone around the proxy. */
export const aroundTheProxy: Rule = (event, { around }) => {
  if (!around.hasProxy) return undefined;
  const seen =
    event.kind === 'tripwire'
      ? { client: clientOf(event.headers), to: event.to }
      : event.kind === 'request' && event.peer !== 'proxy' && event.via === 'direct'
        ? { client: clientOf(event.headers), to: event.target }
        : undefined;
  if (!seen) return undefined;
  return {
    rule: 'around-the-proxy',
    says: `${seen.client} just went around the proxy, to ${seen.to}.`,
    advice:
      'http_proxy or https_proxy is not set where it runs, or NO_PROXY excepts the host. A service takes them from its unit, a job from its runner, a container from neither.',
    seq: event.seq,
  };
};

/** Polls, traces and updates that come before the moment that a 429 has named. */
export function tooEarly(): Rule {
  const limits = new Map<string, { readonly until: number; readonly kind: string }>();
  return (event, { requestOf }) => {
    if (event.peer !== 'gitlab') return undefined;
    if (event.kind === 'response') {
      const request = requestOf(event);
      const until = event.planned?.resetAt;
      if (request?.requestKind && event.status === 429 && until !== undefined)
        limits.set(request.requestKind, { until, kind: request.requestKind });
      return undefined;
    }
    if (event.kind !== 'request' || event.requestKind === undefined) return undefined;
    const limit = limits.get(event.requestKind);
    if (!limit) return undefined;
    limits.delete(event.requestKind);
    return event.t < limit.until ? early(event, limit.until) : undefined;
  };
}

const early = (event: EventOf<'request'>, until: number): ReturnType<Rule> => ({
  rule: 'too-early',
  says: `${clientOf(event.headers)} asks again (${event.requestKind}) ${Math.ceil((until - event.t) / 1000)} s before the moment that the 429 named.`,
  advice:
    'A runner should wait until RateLimit-ResetTime; where it came in a form it cannot read, it waits as without one.',
  seq: event.seq,
});

/** A client that opens TLS to GitLab and asks nothing: as a rule it does not trust the certificate. */
export function distrust(): Rule {
  const open = new Map<string, { asked: boolean }>();
  return (event) => {
    if (event.peer !== 'gitlab') return undefined;
    if (event.kind === 'connection' && event.tls) open.set(event.connection, { asked: false });
    if (event.kind === 'request') {
      const known = open.get(event.connection);
      if (known) known.asked = true;
    }
    if (event.kind !== 'connection-end') return undefined;
    const known = open.get(event.connection);
    open.delete(event.connection);
    if (!known || known.asked) return undefined;
    return {
      rule: 'distrusts-gitlab',
      says: 'A client opened TLS to GitLab and went away without a request.',
      advice: "Most likely it does not trust GitLab's certificate: give it the CA that the lab prints.",
      seq: event.seq,
    };
  };
}
