import { has } from './flags.ts';
import { MessageReader, UnfitMessage } from './reader.ts';

/** A client's first message, in which it says what it can do ([MS-NLMP] section 2.2.1.1). */
export interface NegotiateMessage {
  readonly bytes: Buffer;
  readonly flags: number;
}

/** The least that it may be: old clients send nothing but their flags. */
const HEAD = 16;

/** @throws UnfitMessage that says why it is none, or cannot lead to NTLMv2 */
export function readNegotiate(bytes: Buffer): NegotiateMessage {
  const reader = new MessageReader(bytes);
  const flags = reader.flags(12);
  if (has(flags, 'domainSupplied')) reader.field(16, 'the domain', HEAD);
  if (has(flags, 'workstationSupplied')) reader.field(24, 'the workstation', HEAD);
  if (!has(flags, 'ntlm')) throw new UnfitMessage('it does not offer NTLM');
  if (!has(flags, 'unicode') && !has(flags, 'oem')) throw new UnfitMessage('it offers no character set');
  return { bytes, flags };
}
