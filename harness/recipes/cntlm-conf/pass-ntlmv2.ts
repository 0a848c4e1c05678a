import { ntlmv2Hash } from '../../ntlm/index.ts';
import { isAscii, LONGEST_ACCOUNT, LONGEST_VALUE } from './limits.ts';

/** Who cntlm logs in as at its parent proxies. */
export interface CntlmAccount {
  readonly username: string;
  readonly domain: string;
  readonly password: string;
}

/**
 * What `cntlm -H` prints as `PassNTLMv2`: the NTLMv2 hash of user, domain and password, each bit inverted. It is as
 * good as the password for whoever reads it, but at NTLM alone. A password may have characters beyond ASCII here, where
 * `cntlm -H` itself makes a wrong hash of them.
 * @throws RangeError when cntlm could not send this user or domain
 */
export function passNtlmv2(account: CntlmAccount): string {
  checkAccount(account);
  const { username, domain, password } = account;
  // cntlm sends the domain in upper case, so the proof must be made with that.
  const hash = ntlmv2Hash(username, domain.toUpperCase(), password);
  return Buffer.from(hash.map((byte) => ~byte & 255))
    .toString('hex')
    .toUpperCase();
}

/** @throws RangeError when cntlm could not send this user or domain */
export function checkAccount({ username, domain }: Omit<CntlmAccount, 'password'>): void {
  for (const [name, value] of [
    ['Username', username],
    ['Domain', domain],
  ] as const) {
    if (!isAscii(value))
      throw new RangeError(`${name} in cntlm.conf has characters that are not ASCII, and cntlm garbles them.`);
    if (value.length > LONGEST_VALUE)
      throw new RangeError(`${name} in cntlm.conf has ${value.length} characters; cntlm keeps ${LONGEST_VALUE}.`);
  }
  if (username.length + domain.length > LONGEST_ACCOUNT)
    throw new RangeError(`Username and Domain have more than the ${LONGEST_ACCOUNT} characters that cntlm hashes.`);
}
