import type { Socket } from 'node:dgram';
import type { NameService } from './name-service.ts';

const HEADER_BYTES = 12;
/** Types of records (RFC 1035 section 3.2.2, RFC 3596). */
const A = 1;
const IN = 1;
/** A response, recursion available (RFC 1035 section 4.1.1). */
const RESPONSE = 0x80_80;
const RECURSION_DESIRED = 0x01_00;
const NO_SUCH_NAME = 3;
/** A pointer to the name in the question (RFC 1035 section 4.1.4). */
const ITS_NAME = 0xc0_0c;

/** Answers questions for addresses (RFC 1035) with what a world says of names; what is no question gets no answer. */
export function serveNames(socket: Socket, { resolve }: NameService): void {
  socket.on('error', () => {});
  socket.on('message', (message, { port, address }) => {
    const answer = answerTo(message, resolve);
    if (answer) socket.send(answer, port, address, () => {});
  });
}

/** @returns undefined for what is no question, or more than one */
export function answerTo(message: Buffer, resolve: NameService['resolve']): Buffer | undefined {
  if (message.length < HEADER_BYTES || message.readUInt16BE(4) !== 1 || message.readUInt16BE(2) & 0x80_00)
    return undefined;
  const asked = questionOf(message);
  if (!asked) return undefined;
  const { name, type, end } = asked;
  const address = resolve(name);
  const found = address !== undefined && type === A;
  const header = Buffer.alloc(HEADER_BYTES);
  message.copy(header, 0, 0, 2);
  header.writeUInt16BE(
    RESPONSE | (message.readUInt16BE(2) & RECURSION_DESIRED) | (address === undefined ? NO_SUCH_NAME : 0),
    2,
  );
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(found ? 1 : 0, 6);
  return Buffer.concat([header, message.subarray(HEADER_BYTES, end), ...(found ? [recordOf(address)] : [])]);
}

function questionOf(message: Buffer): { name: string; type: number; end: number } | undefined {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    if (length > 63 || at + 1 + length > message.length) return undefined;
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const end = at + 5;
  if (end > message.length || labels.length === 0) return undefined;
  return { name: labels.join('.'), type: message.readUInt16BE(at + 1), end };
}

function recordOf(address: string): Buffer {
  const record = Buffer.alloc(16);
  record.writeUInt16BE(ITS_NAME, 0);
  record.writeUInt16BE(A, 2);
  record.writeUInt16BE(IN, 4);
  // Nobody may keep it: the next lookup is to be seen as well.
  record.writeUInt32BE(0, 6);
  record.writeUInt16BE(4, 10);
  record.set(address.split('.').map(Number), 12);
  return record;
}
