/** The head of a CGI answer (RFC 3875, section 6). */
export interface CgiHead {
  readonly status: number;
  /** A flat list of names and values. */
  readonly headers: string[];
  /** What has been read beyond the head. */
  readonly rest: Buffer;
}

/** Reads a CGI answer's head from what has come so far; undefined while it is not whole. */
export function parseCgiHead(received: Buffer): CgiHead | undefined {
  const separator = received.includes('\r\n\r\n') ? '\r\n\r\n' : '\n\n';
  const end = received.indexOf(separator);
  if (end === -1) return undefined;
  let status = 200;
  const headers: string[] = [];
  for (const line of received.subarray(0, end).toString('latin1').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon === -1) continue;
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else headers.push(name, value);
  }
  return { status, headers, rest: received.subarray(end + separator.length) };
}
