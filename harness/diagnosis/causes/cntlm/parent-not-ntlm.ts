import type { LogLine, Picture } from '../../picture/picture.ts';
import type { Cause } from '../cause.ts';
import { eachSetting, placeOf } from './_settings.ts';

const OFFER = /Proxy-Authenticate:\s*([\w-]+)/i;
/** How many lines of a transcript one answer's head has at most. */
const NEAR = 30;

export const parentNotNtlmCause: Cause = {
  id: 'cntlm/parent-not-ntlm',
  severity: 'error',
  title: 'The parent proxy offers no NTLM, and cntlm can do nothing else.',
  seen: 'An answer 407 of the parent with Proxy-Authenticate: Basic, Digest or Negotiate and none with NTLM, in cntlm’s own log or where somebody asked the parent directly. “Wrong credentials, invalid URL or proxy doesn’t support NTLM nor BASIC” alone does not tell it from a wrong password.',
  fix: 'Give clients the parent itself with their credentials for Basic; for Negotiate use a proxy that speaks Kerberos.',
  symptoms: ["proxy doesn't support NTLM nor BASIC", 'Proxy-Authenticate: Negotiate', 'Proxy-Authenticate: Basic'],
  find: (picture) => {
    const parents = eachSetting(picture, 'proxy').map(({ value }) => value.replace(/:\d+\s*$/, '').toLowerCase());
    const isBasic = eachSetting(picture, 'ntlmtobasic').length > 0;
    if (parents.length === 0 || isBasic) return [];
    const offers = picture.lines.flatMap((line, index) => {
      const scheme = OFFER.exec(line.text)?.[1];
      if (scheme === undefined || !isOfParent(picture, index, line, parents)) return [];
      return [{ line, scheme }];
    });
    const [first] = offers;
    if (!first || offers.some(({ scheme }) => /^ntlm$/i.test(scheme))) return [];
    const schemes = [...new Set(offers.map(({ scheme }) => scheme))].join(' and ');
    return [
      {
        ...placeOf(first.line),
        at: first.scheme,
        says: `The parent offers ${schemes} and no NTLM, which is all that cntlm can answer: every request ends with 407.`,
        remedy: {
          says: /^(basic|digest)$/i.test(first.scheme)
            ? 'Give clients the parent itself, with user and percent-encoded password in the proxy URL; cntlm is of no use here.'
            : 'Ask whether the parent can offer NTLM for this host, or use a proxy in between that speaks Kerberos.',
        },
      },
    ];
  },
};

/** In cntlm's log each answer is the parent's; elsewhere the connection that was opened last says whose it is. */
function isOfParent(picture: Picture, index: number, { of, file }: LogLine, parents: readonly string[]): boolean {
  if (of === 'cntlm') return true;
  for (let at = index; at >= Math.max(0, index - NEAR); at -= 1) {
    const line = picture.lines[at];
    if (line?.file !== file) return false;
    const to = /\b(?:Connected to|Trying|Connecting to|CONNECT to proxy|using proxy) \(?\[?([\w.-]+)/i.exec(
      line.text,
    )?.[1];
    if (to !== undefined && parents.includes(to.toLowerCase())) return true;
    if (/(?:curl|wget)\b.*(?:-x|--proxy|proxy=)/.test(line.text)) {
      return parents.some((parent) => line.text.toLowerCase().includes(`${parent}:`));
    }
  }
  return false;
}
