import { hmacMd5, ntlmv2Hash, rc4, utf16 } from '../../../harness/ntlm/index.ts';

/** What a client of these tests says; the rest is as a right one says it. */
export interface Says {
  readonly user?: string;
  readonly domain?: string;
  readonly password?: string;
  /** The domain that the proof is made with, where that is not the one sent. */
  readonly hashedDomain?: string;
  /** Strings in UTF-16 by default. */
  readonly oem?: boolean;
  /** Sends a MIC, and says so. */
  readonly mic?: boolean;
  readonly keyExchange?: boolean;
  /** Changes the finished NT response. */
  readonly response?: (right: Buffer) => Buffer;
  /** Changes the target information it repeats. */
  readonly target?: (told: Buffer) => Buffer;
}

export const ACCOUNT = { user: 'TestUser', domain: 'CORP-UK', password: 'Päss w0rd' } as const;

const UNICODE = 0x1;
const OEM = 0x2;
const FLAGS = 0x00088204;
const SIGN = 0x10;
const KEY_EXCHANGE = 0x40000000;
const SESSION_KEY = Buffer.alloc(16, 0x55);

/** A client's first message. */
export function negotiate(says: Says = {}): Buffer {
  const message = Buffer.alloc(32);
  message.write('NTLMSSP\0', 'latin1');
  message.writeUInt32LE(1, 8);
  message.writeUInt32LE((FLAGS | (says.oem ? OEM : UNICODE) | (says.keyExchange ? KEY_EXCHANGE | SIGN : 0)) >>> 0, 12);
  return message;
}

/** Its second message, which answers a challenge: an NTLM client from the specification, apart from the one judged. */
export function authenticate(challenge: Buffer, says: Says = {}): Buffer {
  const { user = ACCOUNT.user, domain = ACCOUNT.domain, password = ACCOUNT.password } = says;
  const told = challenge.subarray(challenge.readUInt32LE(44), challenge.readUInt32LE(44) + challenge.readUInt16LE(40));
  const repeated = says.target ? says.target(told) : says.mic ? withMicFlag(told) : told;
  const blob = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    Buffer.alloc(8, 0x11),
    Buffer.alloc(8, 0xaa),
    Buffer.alloc(4),
    repeated,
    Buffer.alloc(4),
  ]);
  const key = ntlmv2Hash(user, says.hashedDomain ?? domain, password);
  const proof = hmacMd5(key, challenge.subarray(24, 32), blob);
  const right = Buffer.concat([proof, blob]);
  const response = says.response ? says.response(right) : right;
  const baseKey = hmacMd5(key, proof);
  const text = (value: string): Buffer => (says.oem ? Buffer.from(value, 'latin1') : utf16(value));
  const contents: [at: number, content: Buffer][] = [
    [28, text(domain)],
    [36, text(user)],
    [44, text('WORKSTATION')],
    [12, Buffer.alloc(24)],
    [20, response],
    [52, says.keyExchange ? rc4(baseKey, SESSION_KEY) : Buffer.alloc(0)],
  ];
  const head = Buffer.alloc(says.mic ? 88 : 72);
  head.write('NTLMSSP\0', 'latin1');
  head.writeUInt32LE(3, 8);
  head.writeUInt32LE(challenge.readUInt32LE(20), 60);
  let at = head.length;
  for (const [field, content] of contents) {
    head.writeUInt16LE(content.length, field);
    head.writeUInt16LE(content.length, field + 2);
    head.writeUInt32LE(at, field + 4);
    at += content.length;
  }
  const message = Buffer.concat([head, ...contents.map(([, content]) => content)]);
  if (says.mic) {
    const sessionKey = says.keyExchange ? SESSION_KEY : baseKey;
    hmacMd5(sessionKey, negotiate(says), challenge, message).copy(message, 72);
  }
  return message;
}

/** The pair MsvAvFlags with the bit for a MIC, before the pair that ends the list. */
function withMicFlag(told: Buffer): Buffer {
  const flag = Buffer.from([6, 0, 4, 0, 2, 0, 0, 0]);
  return Buffer.concat([told.subarray(0, told.length - 4), flag, told.subarray(told.length - 4)]);
}

/** The value of a header that carries a message. */
export const header = (message: Buffer): string => `NTLM ${message.toString('base64')}`;

/** The message that a challenge's header carries. */
export const messageIn = (value: string | undefined): Buffer =>
  Buffer.from(/^NTLM (\S+)$/.exec(value ?? '')?.[1] ?? '', 'base64');
