import { hmacMd5, ntlmv2Hash, rc4, upperCase } from '../../../ntlm/index.ts';
import type { Credentials } from '../scheme.ts';
import { type AuthenticateMessage, withoutMic } from './authenticate-message.ts';
import { readTargetInfo, type TargetInfo } from './av-pairs.ts';
import type { Challenge } from './challenge-message.ts';
import { has } from './flags.ts';
import { UnfitMessage } from './reader.ts';

/** An NTLMv2 response: the proof, and before its target information times and a nonce of the client's own. */
const PROOF = 16;
const BLOB_HEAD = 28;
const NTLMV1 = 24;
const KEY = 16;

/**
 * Verifies an answer to a challenge as [MS-NLMP] section 3.3.2 says, and its MIC as section 3.2.5.1.2 does.
 * @param earlier challenges that other connections had, or this one had before: an answer to them is a replayed one
 * @returns why it is refused, as half a sentence; undefined when it is right
 * @throws UnfitMessage when what it answers is cut off
 */
export function refusal(
  message: AuthenticateMessage,
  challenge: Challenge,
  right: Credentials | undefined,
  earlier: Iterable<Challenge>,
): string | undefined {
  const { ntResponse } = message;
  const unfit = isNoNtlmv2(message);
  if (unfit) return unfit;
  const blob = ntResponse.subarray(PROOF);
  if (blob[0] !== 1 || blob[1] !== 1) return `its response is of version ${blob[0]}.${blob[1]}, which is not NTLMv2`;
  const target = readTargetInfo(blob.subarray(BLOB_HEAD));
  if (!right) return 'no credentials are right at present';
  const stranger = isStranger(message, right);
  if (stranger) return stranger;

  const key = ntlmv2Hash(message.user, message.domain, right.password);
  if (!proves(key, challenge, ntResponse)) {
    for (const each of earlier)
      if (proves(key, each, ntResponse)) return 'it answers another challenge: it is replayed';
    return 'the password is wrong';
  }
  return otherTarget(challenge.target, target) ?? brokenMic(message, challenge, target, key);
}

function isNoNtlmv2({ user, ntResponse }: AuthenticateMessage): string | undefined {
  if (ntResponse.length === 0 && user === '') return 'it is anonymous';
  if (ntResponse.length === 0) return 'it has an LM response alone, and only NTLMv2 is taken';
  if (ntResponse.length === NTLMV1) return 'its response is one of NTLMv1, and only NTLMv2 is taken';
  if (ntResponse.length < PROOF + BLOB_HEAD + 4) return `its response is cut off after ${ntResponse.length} bytes`;
  return undefined;
}

function isStranger({ user, domain }: AuthenticateMessage, right: Credentials): string | undefined {
  const same = (one: string, other: string): boolean => upperCase(one) === upperCase(other);
  if (!same(user, right.user)) {
    if (same(Buffer.from(user, 'latin1').toString('utf8'), right.user))
      return 'the user name came as UTF-8, which NTLM does not have: this client can send ASCII names only';
    return `there is no user ${user}`;
  }
  if (same(domain, right.domain ?? '')) return undefined;
  return domain === '' ? 'it names no domain' : `there is no domain ${domain}`;
}

function proves(key: Buffer, { nonce }: Challenge, response: Buffer): boolean {
  return hmacMd5(key, nonce, response.subarray(PROOF)).equals(response.subarray(0, PROOF));
}

/** A client repeats what it was told of the proxy; something else means that it was told by somebody else. */
function otherTarget(told: TargetInfo, repeated: TargetInfo): string | undefined {
  const differs = (['domain', 'computer', 'timestamp'] as const).find(
    (name) => repeated[name] !== undefined && repeated[name] !== told[name],
  );
  return differs && `it is meant for another proxy: the ${differs} it repeats is not this one's`;
}

function brokenMic(
  message: AuthenticateMessage,
  challenge: Challenge,
  { hasMic }: TargetInfo,
  key: Buffer,
): string | undefined {
  const baseKey = hmacMd5(key, message.ntResponse.subarray(0, PROOF));
  const exchanged = has(message.flags, 'keyExchange') && (has(message.flags, 'sign') || has(message.flags, 'seal'));
  if (exchanged && message.encryptedSessionKey.length !== KEY)
    throw new UnfitMessage(`its session key has ${message.encryptedSessionKey.length} bytes in place of ${KEY}`);
  if (!hasMic) return undefined;
  if (!message.mic) return 'it says that it has a MIC, but has none';
  const sessionKey = exchanged ? rc4(baseKey, message.encryptedSessionKey) : baseKey;
  const mic = hmacMd5(sessionKey, challenge.negotiate.bytes, challenge.bytes, withoutMic(message.bytes));
  return mic.equals(message.mic) ? undefined : 'its MIC is wrong: one of the three messages was changed on its way';
}
