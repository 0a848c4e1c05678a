import type { ApiCall } from './message.ts';

/** Headers in which GitLab's tokens stand. */
const TOKENS = /^(job|private|runner)-token$/i;

/**
 * The request that follows an answer which redirects, as Go makes it: method and body stay with 307 and 308 (RFC 9110 sections
 * 15.4.8 and 15.4.9); but another host gets no token.
 */
export function redirected(asked: ApiCall, url: URL, status: number): ApiCall {
  const isSameHost = url.host === asked.url.host;
  const kept = Object.entries(asked.headers ?? {}).filter(([name]) => isSameHost || !TOKENS.test(name));
  const call = { ...asked, headers: Object.fromEntries(kept), redirects: (asked.redirects ?? 0) + 1 };
  if (status === 307 || status === 308 || call.method === 'GET') return { ...call, url };
  const { body: _, ...rest } = call;
  return { ...rest, method: 'GET', url };
}
