import type { IncomingMessage } from 'node:http';
import type { Header } from '../../ledger/index.ts';

/** Gives a request that has come in other headers: what node:http made of those it had follows. */
export function replaceHeaders(request: IncomingMessage, replaced: readonly Header[]): void {
  const { headers } = request;
  // Those it came with are the record's.
  request.rawHeaders = replaced.flat();
  const values = new Map<string, string[]>();
  for (const [name, value] of replaced) {
    const key = name.toLowerCase();
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  for (const name of Object.keys(headers)) {
    const left = values.get(name);
    if (!left) delete headers[name];
    else if (typeof headers[name] === 'string' && left.length === 1) headers[name] = left[0];
  }
}
