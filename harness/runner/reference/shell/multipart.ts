import { createReadStream, createWriteStream, openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A form that can be sent as often as need be, each time with the same bytes. */
export interface MultipartForm {
  /** The value of `Content-Type`. */
  readonly type: string;
  readonly open: () => Readable;
}

/**
 * Makes a form with one file in it, as RFC 7578 has it. It is kept beside the file: its boundary differs whenever it is
 * made, and neither it nor the file need fit into memory.
 */
export async function multipartFile(field: string, filename: string, path: string): Promise<MultipartForm> {
  const form = new FormData();
  form.append(field, await openAsBlob(path), filename);
  const { headers, body } = new Response(form);
  if (body === null) throw new Error(`The form with the file ${path} has no body.`);
  const written = `${path}.form`;
  await pipeline(Readable.fromWeb(body), createWriteStream(written));
  return { type: headers.get('Content-Type') ?? '', open: () => createReadStream(written) };
}
