import { openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import type { CallBody } from '../http/message.ts';

/**
 * A form with one file in it, as RFC 7578 has it, that can be sent as often as need be. The file is read as it is sent,
 * so its size does not matter.
 */
export async function multipartFile(field: string, filename: string, path: string): Promise<CallBody> {
  const form = new FormData();
  form.append(field, await openAsBlob(path), filename);
  return {
    open: () => {
      // Each has a boundary of its own, which the type names.
      const { headers, body } = new Response(form);
      if (body === null) throw new Error(`The form with the file ${path} has no body.`);
      return { type: headers.get('Content-Type') ?? '', content: Readable.fromWeb(body) };
    },
  };
}
