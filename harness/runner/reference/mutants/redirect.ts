import type { ApiCall } from '../http/message.ts';
import type { Mutant } from './mutant.ts';
import { proxyFault } from './proxy-fault.ts';

const withoutBody = ({ body: _, ...rest }: ApiCall): ApiCall => rest;
const asGet = (call: ApiCall): ApiCall => ({ ...withoutBody(call), method: 'GET' });

/** Faults in how answers are followed that redirect. */
export const redirectMutants: readonly Mutant[] = [
  proxyFault('asks-target-of-redirect-directly', 'The target of a redirect is asked without the proxy.', () => ({
    serves: (_kind, _url, redirects) => redirects === 0,
  })),
  proxyFault(
    'keeps-way-of-first-url',
    'A redirect is followed by the proxy of the URL that was asked for first, or without one, whatever NO_PROXY says of its target.',
    () => ({
      choosesFor: (_url, first) => first,
    }),
  ),
  proxyFault(
    'sends-tokens-to-target-of-redirect',
    "Another host that GitLab redirects to gets GitLab's token.",
    () => ({
      redirected: (asked, url) => ({ ...asked, url, redirects: (asked.redirects ?? 0) + 1 }),
    }),
  ),
  proxyFault(
    'sends-tokens-at-second-redirect',
    "Another host that GitLab redirects to gets GitLab's token when it redirects to itself.",
    ({ redirected }) => ({
      redirected: (asked, url, status, first) => {
        const next = redirected(asked, url, status, first);
        return (asked.redirects ?? 0) > 0 ? { ...next, headers: first.headers } : next;
      },
    }),
  ),
  proxyFault(
    'resolves-redirects-by-first-url',
    'A relative Location is resolved against the URL that was asked for first, whoever redirects.',
    () => ({
      locates: (location, _asked, first) => new URL(location, first),
    }),
  ),
  proxyFault(
    'redirects-as-get',
    'Whatever redirects, GET is asked of its target, without a body.',
    ({ redirected }) => ({
      redirected: (asked, url, status, first) => asGet(redirected(asked, url, status, first)),
    }),
  ),
  proxyFault('redirects-without-body', 'The target of a redirect is asked without the body.', ({ redirected }) => ({
    redirected: (asked, url, status, first) => withoutBody(redirected(asked, url, status, first)),
  })),
  proxyFault(
    'follows-302-alone',
    'Of answers to a download that redirect, those with 302 alone are followed.',
    (honest) => ({
      follows: (kind) => (kind === 'download' ? [302] : honest.follows(kind)),
    }),
  ),
  proxyFault(
    'follows-unregister-as-get',
    'The redirect of an unregistration is followed by a GET.',
    ({ redirected }) => ({
      redirected: (asked, url, status, first) => {
        const next = redirected(asked, url, status, first);
        return asked.kind === 'unregister' ? asGet(next) : next;
      },
    }),
  ),
  proxyFault('shares-tunnels', 'A tunnel through a proxy is used for every host, whatever host it leads to.', () => ({
    sharesTunnelsBy: () => 'any',
  })),
  proxyFault(
    'authorizes-at-target-of-redirect',
    'The user and password of the proxy URL are sent to the target of a redirect as well.',
    ({ credentials, originHeaders }) => ({
      originHeaders: (userinfo, redirects): Record<string, string> => {
        const value = redirects > 0 ? credentials(userinfo, 0) : undefined;
        return { ...originHeaders(userinfo, redirects), ...(value === undefined ? {} : { Authorization: value }) };
      },
    }),
  ),
];
