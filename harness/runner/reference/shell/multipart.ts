import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';

/** A form with one file in it, as RFC 7578 has it, that can be read as often as need be. */
export function multipartFile(field: string, filename: string, path: string): { type: string; open: () => Readable } {
  const boundary = randomBytes(30).toString('hex');
  async function* parts(): AsyncGenerator<Buffer> {
    yield Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${filename}"\r\n` +
        'Content-Type: application/octet-stream\r\n\r\n',
    );
    yield* createReadStream(path) as AsyncIterable<Buffer>;
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
  }
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    open: () => Readable.from(parts(), { objectMode: false }),
  };
}
