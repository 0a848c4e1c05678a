import { Transform } from 'node:stream';
import type { ApiCall, CallBody } from '../../http/message.ts';

/** A body of which no more than the beginning is sent. @param most bytes */
export const cutBody = (body: CallBody, most: number): CallBody =>
  'bytes' in body
    ? { bytes: body.bytes.subarray(0, most) }
    : { open: () => body.open().compose(changed((chunk, from) => chunk.subarray(0, Math.max(0, most - from)))) };

const CONTENT = '\r\n\r\n';

/** A form whose content has the same length and another first byte. */
export const otherContent = (body: CallBody): CallBody =>
  'bytes' in body
    ? body
    : {
        open: () =>
          body.open().compose(
            changed((chunk, from) => {
              const at = chunk.indexOf(CONTENT) + CONTENT.length;
              if (from > 0 || at >= chunk.length) return chunk;
              const other = Buffer.from(chunk);
              other.writeUInt8(chunk.readUInt8(at) ^ 1, at);
              return other;
            }),
          ),
      };

/** The call with another body, where it has one. */
export const withBody = (call: ApiCall, change: (body: CallBody) => CallBody): ApiCall =>
  call.body ? { ...call, body: change(call.body) } : call;

function changed(change: (chunk: Buffer, from: number) => Buffer): Transform {
  let from = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      const next = change(chunk, from);
      from += chunk.length;
      done(null, next);
    },
  });
}
