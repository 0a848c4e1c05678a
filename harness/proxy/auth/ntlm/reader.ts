/** A message that cannot be taken; says why, as half a sentence. */
export class UnfitMessage extends Error {
  override name = 'UnfitMessage';
}

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');

/** Which message it is ([MS-NLMP] section 2.2.1). */
export type MessageType = 1 | 2 | 3;

/** Reads the fields of a message, none of which may lie outside of it. */
export class MessageReader {
  readonly bytes: Buffer;

  /** @throws UnfitMessage when it is no NTLM message at all */
  constructor(bytes: Buffer) {
    if (bytes.length < 12 || !bytes.subarray(0, 8).equals(SIGNATURE))
      throw new UnfitMessage('it does not begin as an NTLM message does');
    this.bytes = bytes;
  }

  get type(): number {
    return this.bytes.readUInt32LE(8);
  }

  /** @throws UnfitMessage when the message ends before that */
  flags(at: number): number {
    if (at + 4 > this.bytes.length) throw this.#cutOff('its flags');
    return this.bytes.readUInt32LE(at);
  }

  /** Where a field's content begins; undefined when it has none. */
  offset(at: number): number | undefined {
    if (at + 8 > this.bytes.length || this.bytes.readUInt16LE(at) === 0) return undefined;
    return this.bytes.readUInt32LE(at + 4);
  }

  /**
   * The content of a field.
   * @param at where its length and offset stand
   * @param what names it in a refusal
   * @param head how long the part of the message is that is not for content
   * @throws UnfitMessage when length and offset lead out of the message, or into its head
   */
  field(at: number, what: string, head: number): Buffer {
    if (at + 8 > this.bytes.length) throw this.#cutOff(what);
    const length = this.bytes.readUInt16LE(at);
    if (length === 0) return Buffer.alloc(0);
    const from = this.bytes.readUInt32LE(at + 4);
    if (from < head) throw new UnfitMessage(`${what} is said to begin at byte ${from}, in the head of the message`);
    if (from + length > this.bytes.length) {
      throw new UnfitMessage(
        `${what} is said to be bytes ${from} to ${from + length}, but the message has only ${this.bytes.length}`,
      );
    }
    return this.bytes.subarray(from, from + length);
  }

  #cutOff(what: string): UnfitMessage {
    return new UnfitMessage(`it is cut off after ${this.bytes.length} bytes, before ${what}`);
  }
}

/** Begins a message: its signature and type, and room for the rest of its head. */
export function newMessage(type: MessageType, head: number): Buffer {
  const message = Buffer.alloc(head);
  SIGNATURE.copy(message);
  message.writeUInt32LE(type, 8);
  return message;
}
