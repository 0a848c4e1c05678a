import { utf16 } from '../../../ntlm/index.ts';
import { type TargetInfo, writeTargetInfo } from './av-pairs.ts';
import { flagsOf, has } from './flags.ts';
import type { NegotiateMessage } from './negotiate-message.ts';
import { newMessage } from './reader.ts';

/** What a client is challenged with. */
export interface Challenge {
  readonly negotiate: NegotiateMessage;
  readonly bytes: Buffer;
  readonly flags: number;
  /** Eight bytes that its answer must prove to have seen. */
  readonly nonce: Buffer;
  readonly target: TargetInfo;
}

/** What a client may have when it asks for it. */
const ON_REQUEST = flagsOf(
  'requestTarget',
  'sign',
  'seal',
  'alwaysSign',
  'extendedSessionSecurity',
  'version',
  'key128',
  'keyExchange',
  'key56',
);

const HEAD = 56;
/** Windows 10 version 1809 with NTLM revision 15, as a proxy on Windows Server 2019 says. */
const VERSION = Buffer.from([0x0a, 0x00, 0x63, 0x45, 0x00, 0x00, 0x00, 0x0f]);

/** Writes the answer to a client's first message ([MS-NLMP] section 2.2.1.2). */
export function challengeTo(negotiate: NegotiateMessage, nonce: Buffer, target: TargetInfo): Challenge {
  const unicode = has(negotiate.flags, 'unicode');
  const named = has(negotiate.flags, 'requestTarget');
  const flags =
    ((negotiate.flags & ON_REQUEST) |
      flagsOf('ntlm', 'targetInfo', unicode ? 'unicode' : 'oem', ...(named ? (['targetIsDomain'] as const) : []))) >>>
    0;
  const domain = target.domain ?? '';
  const name = !named ? Buffer.alloc(0) : unicode ? utf16(domain) : Buffer.from(domain, 'latin1');
  const info = writeTargetInfo(target);
  const head = newMessage(2, HEAD);
  const field = (at: number, length: number, offset: number): void => {
    head.writeUInt16LE(length, at);
    head.writeUInt16LE(length, at + 2);
    head.writeUInt32LE(offset, at + 4);
  };
  field(12, name.length, HEAD);
  head.writeUInt32LE(flags, 20);
  nonce.copy(head, 24);
  field(40, info.length, HEAD + name.length);
  if (has(flags, 'version')) VERSION.copy(head, 48);
  return { negotiate, bytes: Buffer.concat([head, name, info]), flags, nonce, target };
}
