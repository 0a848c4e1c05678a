/** Reads the server name out of a TLS ClientHello. */
export interface ClientHello {
  /** The name in its `server_name` extension (RFC 6066 section 3). */
  readonly serverName?: string;
}

const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;

/** Whether bytes are the beginning of a TLS record that holds a handshake. */
export const looksLikeTls = (bytes: Buffer): boolean => bytes[0] === HANDSHAKE && (bytes.length < 2 || bytes[1] === 3);

/**
 * Takes a ClientHello apart (RFC 8446 section 4.1.2), as far as it has come; one in several records is read to the end
 * of the first.
 * @returns undefined while too little of it is there
 */
export function parseClientHello(bytes: Buffer): ClientHello | undefined {
  if (bytes.length < 5) return undefined;
  const end = 5 + bytes.readUInt16BE(3);
  if (bytes.length < end) return undefined;
  try {
    const name = serverName(bytes.subarray(5, end));
    return name === undefined ? {} : { serverName: name };
  } catch {
    // Truncated or malformed: it is TLS all the same.
    return {};
  }
}

/** @throws RangeError when a length points beyond the end */
function serverName(message: Buffer): string | undefined {
  if (message[0] !== CLIENT_HELLO) return undefined;
  let at = 4 + 2 + 32;
  at += 1 + message.readUInt8(at);
  at += 2 + message.readUInt16BE(at);
  at += 1 + message.readUInt8(at);
  const end = Math.min(message.length, at + 2 + message.readUInt16BE(at));
  at += 2;
  while (at + 4 <= end) {
    const [type, length] = [message.readUInt16BE(at), message.readUInt16BE(at + 2)];
    // The list's length, the entry's type, the name's length, the name.
    if (type === SERVER_NAME) {
      const size = message.readUInt16BE(at + 7);
      return message.toString('latin1', at + 9, Math.min(at + 9 + size, message.length));
    }
    at += 4 + length;
  }
  return undefined;
}
