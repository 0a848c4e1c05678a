import { percentDecode } from '../../url/index.ts';

const PARAMETER = /\s*,*\s*([!#$%&'*+.^_`|~0-9a-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))/giy;

/**
 * The parameters of an `Authorization`-like value (RFC 9110 section 11.2), by lower-case name. An extended `username*`
 * becomes `username` (RFC 8187).
 * @returns undefined when it is of another scheme or malformed
 */
export function parameters(scheme: string, value: string | undefined): ReadonlyMap<string, string> | undefined {
  const matched = /^([^\s]+)\s+(.*)$/s.exec(value ?? '');
  if (matched?.[1]?.toLowerCase() !== scheme) return undefined;
  const text = (matched[2] ?? '').trimEnd();
  const found = new Map<string, string>();
  PARAMETER.lastIndex = 0;
  while (PARAMETER.lastIndex < text.length) {
    const each = PARAMETER.exec(text);
    const name = each?.[1]?.toLowerCase();
    if (!each || name === undefined || found.has(name)) return undefined;
    // Header values come as latin1; a client that says UTF-8 means UTF-8.
    const raw = each[2]?.replace(/\\(.)/gs, '$1') ?? each[3] ?? '';
    found.set(name, Buffer.from(raw, 'latin1').toString('utf8'));
  }
  const extended = /^UTF-8''(.*)$/i.exec(found.get('username*') ?? '')?.[1];
  if (extended !== undefined) found.set('username', percentDecode(extended));
  return found;
}
