import { maskedUrl } from '../../url/index.ts';

/** Names of variables, options and fields whose values are secrets, whoever made them up. */
const SECRET_NAME =
  /(?:token|password|passwd|passphrase|secret|authorization|cookie|jwt|auth_config|(?:api|access|private|secret)[_-]?key)$/i;
const PROXY_NAME = /(?:^|_)(?:https?|ftp|all|rsync)_proxy$/i;
/** Options that are given `user:password` (curl's). */
const LOGIN_OPTION = /^(?:-u|-U|--user|--proxy-user)$/;
/** What nobody needs to take out: it has been, or it was masked by the subject. */
const TAKEN_OUT = /«|^\[MASKED\]$|^$/;

/**
 * A value without what its name says to be secret.
 * @param value without known secrets
 * @param unknown says what stands in place of a secret that nobody declared
 */
export function withoutNamed(name: string, value: string, unknown: (value: string) => string): string {
  if (TAKEN_OUT.test(value)) return value;
  if (SECRET_NAME.test(name)) return unknown(value);
  return PROXY_NAME.test(name) ? maskedUrl(value, unknown) : value;
}

/** The same for a variable, written `NAME=value`. */
export function withoutNamedVariable(entry: string, unknown: (value: string) => string): string {
  const equals = entry.indexOf('=');
  if (equals < 0) return entry;
  return entry.slice(0, equals + 1) + withoutNamed(entry.slice(0, equals), entry.slice(equals + 1), unknown);
}

/**
 * The same for a word of a command: a variable, or what an option before it is given.
 * @param before the word before it
 */
export function withoutNamedWord(before: string, word: string, unknown: (value: string) => string): string {
  if (LOGIN_OPTION.test(before) && !TAKEN_OUT.test(word)) {
    const colon = word.indexOf(':');
    return colon < 0 ? word : word.slice(0, colon + 1) + unknown(word.slice(colon + 1));
  }
  if (/^--?[a-z]/i.test(before) && !word.startsWith('-')) return withoutNamed(before, word, unknown);
  return withoutNamedVariable(word, unknown);
}
