import type { ProxyAuth } from '../../proxy/spec.ts';
import { passNtlmv2 } from '../../recipes/index.ts';

const HASH = /^([ \t]*)(PassNTLMv2|PassNT|PassLM)([ \t]+)(\S+)(.*)$/gim;
const PASSWORD = /^[ \t]*Password[ \t]+\S/im;

/**
 * A customer's cntlm.conf in which stored hashes are those of the account that the stand-in asks for: nobody can tell a password by
 * its hash. A password that stands there in plain text stays, with all that is odd in it.
 */
export function withAccount(text: string, auth: ProxyAuth): string {
  if (PASSWORD.test(text)) return text;
  const hash = passNtlmv2({ username: auth.user, domain: auth.domain ?? '', password: auth.password });
  return text.replace(HASH, (whole, indent: string, key: string, blanks: string, _: string, rest: string) =>
    key.toLowerCase() === 'passntlmv2' ? `${indent}${key}${blanks}${hash}${rest}` : `${indent}# ${whole.trim()}`,
  );
}
