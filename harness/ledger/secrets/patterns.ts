/** Says what stands in place of a secret that nobody declared. */
type Unknown = (value: string) => string;

// A challenge has the same scheme, but `realm=` behind it.
const BASIC = /\b(Basic\s+)(?!realm=)([A-Za-z0-9+/_-]{4,}={0,2})/g;
const AUTHORIZATION =
  /(\bauthorization\\*"?\s*[:=]\s*\\*["']?(?:(?:basic|bearer|digest|negotiate|ntlm|token)\s+)?)(?!«|basic\b|bearer\b|digest\b|negotiate\b|ntlm\b)([^\s"'&,}«\\]{4,})/gi;
const NAMED_VALUE =
  /((?<![a-z0-9])(?:token|password|passwd|secret|x-amz-(?:signature|security-token))\\*"?\s*[:=]\s*\\*"?)(?!«|\[MASKED\])([^\s"'&,}«\\]{4,})/gi;
// The scheme is bounded: without that, a long word would cost the square of its length. So is what comes before the last @.
const URL_USERINFO = /([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s"'<>«»]{1,512})@/gi;
/** What can be no user and password but is a host, before a path with an @ in it. */
const HOST_AND_PATH = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?[/?#]/i;

/**
 * Takes out what looks like a secret, though nobody declared it.
 * @param names whether the text may have a word in it that names secrets
 */
export function withoutUnknown(text: string, unknown: Unknown, names: boolean): string {
  let clean = text;
  // What a pattern cannot do without is looked for first: that costs next to nothing.
  if (clean.includes('Basic')) {
    clean = clean.replace(BASIC, (_, scheme: string, value: string) => `${scheme}${unknown(value)}`);
  }
  if (clean.includes('://') && clean.includes('@')) {
    clean = clean.replace(URL_USERINFO, (whole, scheme: string, userinfo: string) =>
      /^…$|«/.test(userinfo) || HOST_AND_PATH.test(userinfo) ? whole : `${scheme}${unknown(userinfo)}@`,
    );
  }
  if (!names) return clean;
  const named = (_: string, before: string, value: string): string => `${before}${unknown(value)}`;
  return clean.replace(AUTHORIZATION, named).replace(NAMED_VALUE, named);
}
