import { createHmac } from 'node:crypto';
import { md4 } from './md4.ts';

/** HMAC-MD5 of several parts, as one. */
export function hmacMd5(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** What a password is kept as in a Windows domain: `NTOWFv1` of [MS-NLMP] section 3.3.1. */
export const ntHash = (password: string): Buffer => md4(utf16(password));

/**
 * The key that NTLMv2 proves: `NTOWFv2` of [MS-NLMP] section 3.3.2. Whoever has it can log in as this user without the
 * password.
 * @param domain exactly as the client sends it: its letter case counts
 */
export const ntlmv2Hash = (user: string, domain: string, password: string): Buffer =>
  hmacMd5(ntHash(password), utf16(`${upperCase(user)}${domain}`));

/**
 * Upper case as Windows has it: one code unit for another, so that nothing becomes longer (`ß` stays `ß`).
 */
export const upperCase = (text: string): string =>
  text
    .split('')
    .map((unit) => (unit.toUpperCase().length === 1 ? unit.toUpperCase() : unit))
    .join('');

/** UTF-16, little-endian, as every string in NTLM's computations. */
export const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
