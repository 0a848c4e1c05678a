import type { IncomingMessage } from 'node:http';

const REASON = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Takes the reason phrase away from an answer that came in when it has control characters: Node reads such a one, and
 * throws when it is to be written. Nobody may go by it anyway (RFC 9112 section 4).
 */
export function withSoundReason(answer: IncomingMessage): void {
  if (!REASON.test(answer.statusMessage ?? '')) answer.statusMessage = '';
}
