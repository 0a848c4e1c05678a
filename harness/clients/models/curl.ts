import { type Choice, direct } from '../choice.ts';
import type { ClientModel, Env } from '../client.ts';
import type { Target } from '../target.ts';
import { CGI, libcurlBypasses, libcurlProxy } from './libcurl.ts';

/**
 * libcurl by itself: lower case first, an empty variable counts for none, HTTP_PROXY in upper case is left to CGI, and
 * ALL_PROXY serves where the scheme's own is missing.
 */
export function chooseAsCurl(env: Env, target: Target): Choice {
  const own = env[`${target.scheme}_proxy`] || (target.scheme === 'https' && env['HTTPS_PROXY']);
  const value = own || env['all_proxy'] || env['ALL_PROXY'];
  if (!value || libcurlBypasses(env['no_proxy'] || env['NO_PROXY'] || '', target)) return direct;
  return libcurlProxy(value);
}

export const curl: ClientModel<'curl'> = {
  id: 'curl',
  title: 'curl',
  program: { name: 'curl', version: ['curl', '--version'] },
  choose: chooseAsCurl,
  asking: {
    how: 'once',
    command: ['curl', '--silent', '--show-error', '--insecure', '--output', '/dev/null', '{url}'],
  },
  goesAround: CGI,
};
