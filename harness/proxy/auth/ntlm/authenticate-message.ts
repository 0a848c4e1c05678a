import { has } from './flags.ts';
import { MessageReader, UnfitMessage } from './reader.ts';

/** A client's second message, in which it says who it is and proves it ([MS-NLMP] section 2.2.1.3). */
export interface AuthenticateMessage {
  readonly bytes: Buffer;
  readonly flags: number;
  readonly user: string;
  readonly domain: string;
  readonly workstation: string;
  readonly ntResponse: Buffer;
  readonly encryptedSessionKey: Buffer;
  /** There is room for a MIC; whether it is one is said in the target information. */
  readonly mic: Buffer | undefined;
}

/** Where lengths and offsets stand. */
const FIELDS = { lm: 12, nt: 20, domain: 28, user: 36, workstation: 44, sessionKey: 52 } as const;
const FLAGS_AT = 60;
const MIC_AT = 72;
const MIC_LENGTH = 16;

/**
 * @param agreed the flags of the challenge, for clients so old that they send none
 * @throws UnfitMessage that says what is wrong with it
 */
export function readAuthenticate(bytes: Buffer, agreed: number): AuthenticateMessage {
  const reader = new MessageReader(bytes);
  // Its head has grown over the years: it ends where the first content begins.
  const contents = Object.values(FIELDS)
    .slice(0, 5)
    .map((at) => reader.offset(at) ?? Number.POSITIVE_INFINITY);
  const head = Math.min(bytes.length, ...contents);
  const least = FIELDS.sessionKey;
  const field = (name: keyof typeof FIELDS, what: string): Buffer => reader.field(FIELDS[name], what, least);
  const responses = { lm: field('lm', 'the LM response'), nt: field('nt', 'the NT response') };
  const flags = head >= FLAGS_AT + 4 ? reader.flags(FLAGS_AT) : agreed;
  const text = (name: 'domain' | 'user' | 'workstation', what: string): string => {
    const content = field(name, what);
    // Which characters an OEM byte above 127 means only client and server know: those of ISO 8859-1 here.
    if (!has(flags, 'unicode')) return content.toString('latin1');
    if (content.length % 2 !== 0) throw new UnfitMessage(`${what} is half a character too long for UTF-16`);
    return content.toString('utf16le');
  };
  return {
    bytes,
    flags,
    domain: text('domain', 'the domain'),
    user: text('user', 'the user'),
    workstation: text('workstation', 'the workstation'),
    ntResponse: responses.nt,
    encryptedSessionKey: head >= FLAGS_AT ? field('sessionKey', 'the session key') : Buffer.alloc(0),
    mic: head >= MIC_AT + MIC_LENGTH ? bytes.subarray(MIC_AT, MIC_AT + MIC_LENGTH) : undefined,
  };
}

/** The message as its MIC was made of it: with the MIC left out. */
export function withoutMic(bytes: Buffer): Buffer {
  return Buffer.from(bytes).fill(0, MIC_AT, MIC_AT + MIC_LENGTH);
}
