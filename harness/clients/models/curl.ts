import { type Choice, direct } from '../choice.ts';
import type { Client, Env } from '../client.ts';
import type { Target } from '../target.ts';
import { libcurlBypasses, libcurlProxy } from './libcurl.ts';

/**
 * libcurl by itself: lower case first, an empty variable counts for none, HTTP_PROXY in upper case is left to CGI, and
 * ALL_PROXY serves where the scheme's own is missing.
 */
function choose(env: Env, target: Target): Choice {
  const own = env[`${target.scheme}_proxy`] || (target.scheme === 'https' && env['HTTPS_PROXY']);
  const value = own || env['all_proxy'] || env['ALL_PROXY'];
  if (!value || libcurlBypasses(env['no_proxy'] || env['NO_PROXY'] || '', target)) return direct;
  return libcurlProxy(value);
}

export const curl: Client = { id: 'curl', title: 'curl', program: 'curl', choose };
export const phpCurl: Client = { id: 'php-curl', title: "PHP's curl extension", program: 'php', choose };
