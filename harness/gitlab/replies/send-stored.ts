import type { Response } from 'express';

/**
 * Sends a file; ranges work, which runners of 19 and later may ask for.
 * @param dated says when the file was stored, as object storage does
 */
export function sendStored(res: Response, file: string, dated = false): Promise<void> {
  return new Promise((resolve, reject) => {
    res.sendFile(file, { cacheControl: false, etag: false, lastModified: dated, dotfiles: 'allow' }, (error) => {
      // A client that goes away in the middle is nothing to complain of; the record says that the body is not whole.
      if (error && !res.headersSent) reject(error);
      else resolve();
    });
  });
}
