import { splitAtLast } from '../../../url/index.ts';
/** What is wrong with a proxy value as it is written. */
export interface Flaw {
  readonly kind: FlawKind;
  /** The part of the value to be marked; none where it could be a part of a password. */
  readonly at?: string;
  /** The value as it should be, where that is certain. */
  readonly to?: string;
}

export type FlawKind =
  | 'literal-quotes'
  | 'surrounding-space'
  | 'pac-url'
  | 'scheme-misspelled'
  | 'password-not-encoded'
  | 'ipv6-without-brackets'
  | 'placeholder-left'
  | 'port-invalid'
  | 'port-missing'
  | 'scheme-missing'
  | 'socks-for-some';

const KNOWN = /^(?:https?|socks(?:4a?|5h?)?):\/\//i;
const DOUBLED = /^https?:?\/{0,2}(?=https?:\/\/)/i;
const MISSPELLED =
  /^(?:https?:\/(?!\/)|https?\/\/|https?[;,.]\/\/|https?:\\\\?|https?:(?![/\\])(?!\d+(?:\/|$))|[a-z][a-z0-9+.-]*:\/\/)/i;
const PLACEHOLDERS =
  /^(?:proxy_?host|your[._-]?proxy.*|docker0[_-]interface[_-]ip|<[^>]*>|0\.0\.0\.0|hostname|proxy[._-]?(?:address|name|url|ip|server)?[._-]?here)$/i;

/**
 * What is wrong with a value: of those that spoil the whole the first alone, since whatever follows would be a guess.
 * @param value as the program that gets the variable sees it
 */
export function flawsOf(value: string): readonly Flaw[] {
  const bare = value.trim();
  if (bare === '') return [];
  if (/^["']|["']$/.test(bare)) return [{ kind: 'literal-quotes', to: bare.replace(/^["']+|["']+$/g, '') }];
  if (bare !== value) return [{ kind: 'surrounding-space', to: bare }];
  if (/\.pac(?:\?|$)|wpad\.dat|\/wpad\b/i.test(value))
    return [{ kind: 'pac-url', at: value.slice(value.lastIndexOf('/') + 1) }];
  const scheme = schemeFlaw(value);
  if (scheme) return [scheme];
  const rest = value.replace(KNOWN, '');
  const [userinfo, behind] = splitAtLast(rest) ?? ['', rest];
  if (/[@#/?\\\s]|%(?![0-9a-f]{2})/i.test(userinfo)) return [{ kind: 'password-not-encoded' }];
  const authority = /^[^/?#]*/.exec(behind)?.[0] ?? '';
  return [...hostAndPort(authority, value), ...ofScheme(value)];
}

function schemeFlaw(value: string): Flaw | undefined {
  const doubled = DOUBLED.exec(value)?.[0];
  if (doubled !== undefined) return { kind: 'scheme-misspelled', at: doubled, to: value.slice(doubled.length) };
  if (KNOWN.test(value)) return undefined;
  const wrong = MISSPELLED.exec(value)?.[0];
  if (wrong === undefined) return undefined;
  const secure = /^https(?![a-z])/i.test(wrong) ? 'https://' : 'http://';
  return { kind: 'scheme-misspelled', at: wrong, to: secure + value.slice(wrong.length).replace(/^[/\\:]+/, '') };
}

function hostAndPort(authority: string, value: string): readonly Flaw[] {
  if (authority.startsWith('[')) return portFlaws(/\](?::(.*))?$/.exec(authority)?.[1], value);
  if ((authority.match(/:/g)?.length ?? 0) > 1) {
    const isAddress = /^[0-9a-f:.]+$/i.test(authority);
    const bracketed = isAddress ? /^(.*):(\d{2,5})$/.exec(authority) : null;
    if (!isAddress) return [{ kind: 'port-invalid', at: authority.slice(authority.indexOf(':')) }];
    const to = bracketed ? value.replace(authority, `[${bracketed[1]}]:${bracketed[2]}`) : undefined;
    return [{ kind: 'ipv6-without-brackets', at: authority, ...(to === undefined ? {} : { to }) }];
  }
  const [host = '', port] = authority.split(':');
  if (PLACEHOLDERS.test(host)) return [{ kind: 'placeholder-left', at: host }];
  return portFlaws(port, value);
}

function portFlaws(port: string | undefined, value: string): readonly Flaw[] {
  if (port === undefined) return /^(?:https|socks)/i.test(value) && KNOWN.test(value) ? [] : [{ kind: 'port-missing' }];
  const number = Number(port);
  if (/^\d+$/.test(port) && number > 0 && number <= 65_535) return [];
  const digits = /^\d+/.exec(port)?.[0];
  const to = digits !== undefined && Number(digits) > 0 && Number(digits) <= 65_535 && /^\d+\D$/.test(port);
  return [{ kind: 'port-invalid', at: `:${port}`, ...(to ? { to: value.replace(`:${port}`, `:${digits}`) } : {}) }];
}

function ofScheme(value: string): readonly Flaw[] {
  if (/^socks/i.test(value)) return [{ kind: 'socks-for-some' }];
  return KNOWN.test(value) ? [] : [{ kind: 'scheme-missing', to: `http://${value}` }];
}
