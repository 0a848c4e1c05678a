const ESCAPES = /(?:%[0-9a-f]{2})+/gi;

/**
 * The bytes that percent-encoded text stands for (RFC 3986 section 2.1). A `%` that begins no escape stands for itself; what
 * is not encoded is UTF-8. It never throws.
 */
export function percentDecodeBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  return Buffer.from(
    bytes.replace(ESCAPES, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('latin1')),
    'latin1',
  );
}

/**
 * Percent-decoded text (RFC 3986 section 2.1). A `%` that begins no escape, and escapes of bytes that are no UTF-8, stay as
 * they are: nothing is lost, and it never throws, as decodeURIComponent does.
 */
export const percentDecode = (text: string): string => text.replace(ESCAPES, (run) => utf8(run) ?? run);

function utf8(run: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(percentDecodeBytes(run));
  } catch {
    return undefined;
  }
}

/**
 * Percent-encodes all but the unreserved characters `A-Z a-z 0-9 - . _ ~` (RFC 3986 section 2.3), in capital letters
 * (section 2.1): right for each part of a URL, and what a signature of AWS demands. encodeURIComponent leaves `!'()*` as
 * they are, which are reserved, and throws at half a surrogate pair, which becomes U+FFFD here.
 */
export const percentEncode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
