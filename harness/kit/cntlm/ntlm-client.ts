import { createCipheriv } from 'node:crypto';
import { hmacMd5, ntHash, ntlmv2Hash, utf16 } from '../../ntlm/index.ts';

/** Who logs in, and how. */
export interface NtlmLogin {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
  /**
   * NTLMv2 by default; NTLMv1 and, before it, LM are what it replaced, and `anonymous` proves nothing. `other-proxy` is NTLMv2 that
   * repeats another proxy's name than it was told, and `wrong-mic` has a code over all three messages that does not fit.
   */
  readonly version?: 'v1' | 'v2' | 'lm' | 'anonymous' | 'other-proxy' | 'wrong-mic';
}

/** Unicode, the target's name, NTLM, signatures by request: what cntlm asks for, too, and no session security of NTLMv2's. */
const FLAGS = 0x00008205;
const HEAD = 64;
/** After the version's eight bytes comes the MIC. */
const HEAD_WITH_MIC = 88;
const LM_RESPONSE = 24;

/** Kinds of pairs in the target information ([MS-NLMP] section 2.2.2.1). */
const PAIRS = { end: 0, computer: 1, flags: 6 } as const;
const HAS_MIC = 2;

const begun = (type: number, length: number): Buffer => {
  const message = Buffer.alloc(length);
  message.write('NTLMSSP\0', 'latin1');
  message.writeUInt32LE(type, 8);
  return message;
};

/** A client's first message ([MS-NLMP] section 2.2.1.1). */
export function ntlmNegotiate(): Buffer {
  const message = begun(1, 32);
  message.writeUInt32LE(FLAGS, 12);
  return message;
}

/**
 * Its second, which answers a challenge ([MS-NLMP] section 2.2.1.3). It is a client of its own, apart from the proxy that
 * verifies it.
 */
export function ntlmAuthenticate(challenge: Buffer, login: NtlmLogin): Buffer {
  const contents = [
    [28, utf16(login.domain)],
    [36, utf16(login.user)],
    [44, utf16('PROBE')],
    [12, login.version === 'lm' ? Buffer.alloc(LM_RESPONSE, 1) : Buffer.alloc(0)],
    [20, responseOf(challenge, login)],
  ] as const;
  const head = begun(3, login.version === 'wrong-mic' ? HEAD_WITH_MIC : HEAD);
  head.writeUInt32LE(FLAGS, 60);
  let at = head.length;
  for (const [field, content] of contents) {
    head.writeUInt16LE(content.length, field);
    head.writeUInt16LE(content.length, field + 2);
    head.writeUInt32LE(at, field + 4);
    at += content.length;
  }
  return Buffer.concat([head, ...contents.map(([, content]) => content)]);
}

function responseOf(challenge: Buffer, { user, domain, password, version = 'v2' }: NtlmLogin): Buffer {
  const nonce = challenge.subarray(24, 32);
  if (version === 'anonymous' || version === 'lm') return Buffer.alloc(0);
  if (version === 'v1') return ntlmv1Response(password, nonce);
  const told = challenge.subarray(challenge.readUInt32LE(44), challenge.readUInt32LE(44) + challenge.readUInt16LE(40));
  const target = repeated(told, version);
  const blob = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    Buffer.alloc(8, 0x11),
    Buffer.alloc(8, 0xaa),
    Buffer.alloc(4),
    target,
    Buffer.alloc(4),
  ]);
  return Buffer.concat([hmacMd5(ntlmv2Hash(user, domain, password), nonce, blob), blob]);
}

/** The target information that a response repeats. */
function repeated(told: Buffer, version: NonNullable<NtlmLogin['version']>): Buffer {
  if (version !== 'other-proxy' && version !== 'wrong-mic') return told;
  const pairs: Buffer[] = [];
  for (let at = 0; told.readUInt16LE(at) !== PAIRS.end; at += 4 + told.readUInt16LE(at + 2)) {
    const pair = Buffer.from(told.subarray(at, at + 4 + told.readUInt16LE(at + 2)));
    if (version === 'other-proxy' && pair.readUInt16LE(0) === PAIRS.computer) pair.fill(utf16('X'), 4);
    pairs.push(pair);
  }
  if (version === 'wrong-mic') pairs.push(Buffer.from([PAIRS.flags, 0, 4, 0, HAS_MIC, 0, 0, 0]));
  return Buffer.concat([...pairs, Buffer.alloc(4)]);
}

/** `DESL` of [MS-NLMP] section 6: the nonce under each third of the password's hash. */
function ntlmv1Response(password: string, nonce: Buffer): Buffer {
  const key = Buffer.concat([ntHash(password), Buffer.alloc(5)]);
  return Buffer.concat([0, 7, 14].map((at) => des(key.subarray(at, at + 7), nonce)));
}

/** DES, which OpenSSL 3 has only three times over: with one key for all three it is the same. */
function des(key: Buffer, block: Buffer): Buffer {
  const bits = BigInt(`0x${key.toString('hex')}`);
  // Seven bits a byte; the eighth is a parity that nobody looks at.
  const spread = Buffer.from(
    Array.from({ length: 8 }, (_, index) => Number((bits >> BigInt(49 - 7 * index)) & 127n) * 2),
  );
  const cipher = createCipheriv('des-ede3', Buffer.concat([spread, spread, spread]), null);
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}
