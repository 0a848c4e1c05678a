import { createCipheriv } from 'node:crypto';
import { hmacMd5, ntHash, ntlmv2Hash, utf16 } from '../../ntlm/index.ts';

/** Who logs in, and how. */
export interface NtlmLogin {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
  /** NTLMv2 by default; NTLMv1 is what it replaced, and `anonymous` proves nothing. */
  readonly version?: 'v1' | 'v2' | 'anonymous';
}

/** Unicode, the target's name, NTLM, signatures by request: what cntlm asks for, too, and no session security of NTLMv2's. */
const FLAGS = 0x00008205;
const HEAD = 64;

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
    [12, Buffer.alloc(0)],
    [20, responseOf(challenge, login)],
  ] as const;
  const head = begun(3, HEAD);
  head.writeUInt32LE(FLAGS, 60);
  let at = HEAD;
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
  if (version === 'anonymous') return Buffer.alloc(0);
  if (version === 'v1') return ntlmv1Response(password, nonce);
  const target = challenge.subarray(
    challenge.readUInt32LE(44),
    challenge.readUInt32LE(44) + challenge.readUInt16LE(40),
  );
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
