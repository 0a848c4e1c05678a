import type { LineTold } from './failure.ts';
import { targetOf, urlIn } from './target.ts';

/** What Go's clients print of an answer to CONNECT: the reason phrase alone, and proxies have their own. */
const PHRASES: Readonly<Record<string, number>> = {
  'proxy authentication required': 407,
  authenticationrequired: 407,
  'authentication required': 407,
  unauthorized: 401,
  'bad request': 400,
  forbidden: 403,
  'access denied': 403,
  'not found': 404,
  'method not allowed': 405,
  'too many requests': 429,
  'internal server error': 500,
  'bad gateway': 502,
  'service unavailable': 503,
  'service temporarily unavailable': 503,
  'gateway timeout': 504,
  'gateway time-out': 504,
};

const OF_GO =
  /\b(?:Get|Post|Put|Patch|Head|Delete) \\?"?(https?:\/\/[^\s"\\]+?)\\?"?: ([A-Za-z][A-Za-z -]{2,60}?)(?=$|\s{2,}|\s\(|\s[\w-]+=|["\\.,]|\s*$)/;
/** Errors of Go itself, which stand in the same place. */
const OF_GO_ITSELF =
  /^(?:EOF|unexpected|context|dial|read|write|net|tls|x|http|proxyconnect|stopped|unsupported|server|malformed|remote error|use of|local error|request|no |connection|i o|invalid|lookup)/;
/** A status that other clients print of an answer to CONNECT, in the first group that has one. */
const OF_OTHERS =
  /CONNECT tunnel failed, response (\d{3})|Received HTTP code (\d{3}) from proxy after CONNECT|Tunnel connection failed: (\d{3})|tunneling socket could not be established, (?:statusCode|cause)=(\d{3})|Proxy returns "HTTP\/[\d.]+ (\d{3})|[Pp]roxy response \((\d{3})\)|The requested URL returned error: (407)|\b(407) +Proxy Authentication Required/;
const WGET = /[Pp]roxy tunneling failed: ([A-Za-z][A-Za-z ]*?)(?=Unable to establish|$)/;

/** An answer that the proxy gave in its own name. */
export function answered(text: string): LineTold | undefined {
  const [, url, phrase = ''] = OF_GO.exec(text) ?? [];
  if (url !== undefined && !OF_GO_ITSELF.test(phrase)) {
    const target = targetOf(url);
    // A reason phrase of the proxy's own stands for a refusal.
    return target && { kind: 'answered', status: PHRASES[phrase.toLowerCase()] ?? 403, target };
  }
  // By plain http the proxy answers in the server's place.
  const [, plain, code] =
    /unable to access '(http:\/\/[^']+)': The requested URL returned error: (50[234])/.exec(text) ?? [];
  if (plain !== undefined) {
    const target = targetOf(plain);
    return target && { kind: 'answered', status: Number(code), target };
  }
  const match = OF_OTHERS.exec(text);
  const status =
    match?.slice(1).find((group) => group !== undefined) ??
    (WGET.test(text) ? String(PHRASES[(WGET.exec(text)?.[1] ?? '').trim().toLowerCase()] ?? 403) : undefined);
  // What a verbose client prints of an answer is no failure by itself: git asks without credentials first.
  if (status === undefined || /^[<*>] /.test(text)) return undefined;
  if (Number(status) < 400) return undefined;
  const inText = urlIn(text);
  const target = (inText === undefined ? undefined : targetOf(inText)) ?? hostIn(text);
  return { kind: 'answered', status: Number(status), ...(target ? { target } : {}) };
}

/** As Python's requests has it: HTTPSConnectionPool(host='pypi.org', port=443). */
function hostIn(text: string): LineTold['target'] {
  const [, host, port] = /host='([\w.-]+)', port=(\d+)/.exec(text) ?? [];
  return host === undefined ? undefined : { scheme: 'https', host: host.toLowerCase(), port: Number(port) };
}
