import { utf16 } from '../../../ntlm/index.ts';
import { UnfitMessage } from './reader.ts';

/** What target information says ([MS-NLMP] section 2.2.2.1). */
export const AV = {
  end: 0,
  computer: 1,
  domain: 2,
  dnsComputer: 3,
  dnsDomain: 4,
  flags: 6,
  timestamp: 7,
} as const;

/** In the pair `AV.flags`: the message has a MIC. */
const AV_FLAG_MIC = 2;

/** What a proxy tells of itself, or a client repeats of it. */
export interface TargetInfo {
  /** The domain's NetBIOS name. */
  readonly domain?: string;
  /** The computer's NetBIOS name. */
  readonly computer?: string;
  readonly dnsDomain?: string;
  readonly dnsComputer?: string;
  /** A Windows file time: tenths of microseconds since 1601. */
  readonly timestamp?: bigint;
  /** The client says that its message has a MIC. */
  readonly hasMic?: boolean;
}

/** Writes target information, with the pair that ends it. */
export function writeTargetInfo(info: TargetInfo): Buffer {
  const pair = (id: number, value: Buffer): Buffer => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(id, 0);
    head.writeUInt16LE(value.length, 2);
    return Buffer.concat([head, value]);
  };
  const texts = [
    [AV.domain, info.domain],
    [AV.computer, info.computer],
    [AV.dnsDomain, info.dnsDomain],
    [AV.dnsComputer, info.dnsComputer],
  ] as const;
  const pairs = texts.flatMap(([id, text]) => (text === undefined ? [] : [pair(id, utf16(text))]));
  if (info.timestamp !== undefined) {
    const time = Buffer.alloc(8);
    time.writeBigUInt64LE(info.timestamp);
    pairs.push(pair(AV.timestamp, time));
  }
  return Buffer.concat([...pairs, pair(AV.end, Buffer.alloc(0))]);
}

/**
 * Reads target information; what follows the pair that ends it is left alone.
 * @throws UnfitMessage when it is cut off
 */
export function readTargetInfo(bytes: Buffer): TargetInfo {
  const pairs = new Map<number, Buffer>();
  for (let at = 0; ; ) {
    if (at + 4 > bytes.length) throw new UnfitMessage('its target information is cut off');
    const [id, length] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)];
    if (id === AV.end) break;
    if (at + 4 + length > bytes.length) throw new UnfitMessage('its target information is cut off');
    pairs.set(id, bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  const text = (id: number): string | undefined => pairs.get(id)?.toString('utf16le');
  const [domain, computer] = [text(AV.domain), text(AV.computer)];
  const timestamp = pairs.get(AV.timestamp);
  const flags = pairs.get(AV.flags);
  return {
    ...(domain === undefined ? {} : { domain }),
    ...(computer === undefined ? {} : { computer }),
    ...(timestamp?.length === 8 ? { timestamp: timestamp.readBigUInt64LE() } : {}),
    hasMic: flags?.length === 4 && (flags.readUInt32LE() & AV_FLAG_MIC) !== 0,
  };
}
