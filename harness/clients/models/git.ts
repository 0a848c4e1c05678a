import { type Choice, direct } from '../choice.ts';
import type { ClientModel, Env } from '../client.ts';
import type { Target } from '../target.ts';
import { CGI, libcurlBypasses, libcurlProxy } from './libcurl.ts';

/**
 * git reads the variables itself before libcurl does (2.39: `get_curl_handle` in http.c): lower case overrides, even
 * when it is empty, and an empty one turns the proxy off.
 */
function choose(env: Env, target: Target): Choice {
  const own = target.scheme === 'https' ? (env['https_proxy'] ?? env['HTTPS_PROXY']) : env['http_proxy'];
  const value = own ?? env['all_proxy'] ?? env['ALL_PROXY'];
  if (!value || libcurlBypasses(env['no_proxy'] ?? env['NO_PROXY'] ?? '', target)) return direct;
  // Its own userinfo ends at the first @; what it takes for the host goes to libcurl, which finds another user in it.
  return libcurlProxy(value.replace(/^([^:/]*:\/\/)?[^@/]*@(?=[^/]*@)/, '$1'));
}

export const git: ClientModel<'git'> = {
  id: 'git',
  title: 'git',
  program: { name: 'git', version: ['git', 'version'] },
  choose,
  asking: { how: 'once', command: ['git', 'ls-remote', '{url}'] },
  goesAround: CGI,
};
