import type { Picture } from '../../diagnosis/picture/picture.ts';
import type { ProxyAuth } from '../../proxy/spec.ts';
import { percentDecode, splitUrl } from '../../url/index.ts';
import { mentionsIn } from './mentions.ts';
import { symptomsIn } from './symptom.ts';

/** For an account of which the files say a part only. */
const MADE_UP = { user: 'svc-ci', password: 'Made-up-2026', domain: 'CORP' } as const;

/** Whose account a proxy asks for, and by which scheme. */
export interface PlannedAccount {
  readonly auth: ProxyAuth;
  /** How it is known, as a sentence. */
  readonly says: string;
}

/**
 * The account of cntlm.conf; else the credentials that some proxy URL has; else none.
 * @param scheme asked for by whoever reproduces, or shown by a log
 */
export function accountIn(picture: Picture, scheme: ProxyAuth['scheme'] | undefined, cntlm: boolean): PlannedAccount {
  const ofCntlm = cntlm ? cntlmAccount(picture) : undefined;
  if (ofCntlm)
    return { auth: { ...ofCntlm, scheme: 'ntlm' }, says: 'The proxy asks for NTLM, as cntlm speaks nothing else.' };
  const [inUrl] = mentionsIn(picture.documents).flatMap(({ value }) => credentialsIn(value) ?? []);
  if (inUrl) {
    const { domain, user } = splitDomain(inUrl.user);
    const asked = scheme ?? 'basic';
    return {
      auth: {
        scheme: asked,
        password: inUrl.password,
        ...(asked === 'ntlm' ? { user, domain } : { user: inUrl.user }),
      },
      says: `The proxy asks for ${WORDS[asked]}, and for the account that a proxy URL of these files has.`,
    };
  }
  const asked = scheme ?? (symptomsIn(picture).some(({ status }) => status === 407) ? 'basic' : 'none');
  if (asked !== 'none')
    return { auth: { scheme: asked, ...MADE_UP }, says: `The proxy asks for ${WORDS[asked]}; its account is made up.` };
  return {
    auth: { scheme: 'none', user: '', password: '' },
    says: 'The proxy asks for no password, as no file names one.',
  };
}

const WORDS: Readonly<Record<ProxyAuth['scheme'], string>> = {
  none: 'nothing',
  basic: 'Basic',
  digest: 'Digest',
  ntlm: 'NTLM',
  negotiate: 'Kerberos',
};

function cntlmAccount(picture: Picture): Omit<ProxyAuth, 'scheme'> {
  const settings = picture.all('cntlm').flatMap((each) => each.settings);
  const of = (key: string) => settings.findLast((each) => each.key === key)?.value;
  return {
    user: of('username') ?? MADE_UP.user,
    password: intended(picture) ?? MADE_UP.password,
    domain: of('domain') ?? MADE_UP.domain,
  };
}

/** The password as it was meant, whatever cntlm makes of how it is written. */
function intended(picture: Picture): string | undefined {
  const line = picture
    .all('cntlm')
    .flatMap((each) => each.settings)
    .findLast(({ key }) => key === 'password')?.written;
  const [, value = ''] = /^\s*password\s+(.*?)\s*$/i.exec(line ?? '') ?? [];
  const bare = /^"(.*)"$/.exec(value)?.[1] ?? value;
  return bare === '' ? undefined : bare;
}

/** User and password as whoever wrote the URL meant them: all between the scheme and the last @. */
export function credentialsIn(url: string): { readonly user: string; readonly password: string } | undefined {
  const [, userinfo = ''] = /^(?:[a-z][a-z\d+.-]*:?\/+)?(.+)@[^@]*$/i.exec(url) ?? [];
  const colon = userinfo.indexOf(':');
  if (colon < 1 || splitUrl(url).host === '') return undefined;
  return { user: decoded(userinfo.slice(0, colon)), password: decoded(userinfo.slice(colon + 1)) };
}

/** What is no percent-encoding was meant as it stands. */
const decoded = (text: string): string => (/%(?![\da-f]{2})/i.test(text) ? text : percentDecode(text));

function splitDomain(user: string): { readonly user: string; readonly domain: string } {
  const [, domain, name] = /^([^\\]+)\\(.+)$/.exec(user) ?? [];
  return domain !== undefined && name !== undefined ? { domain, user: name } : { domain: MADE_UP.domain, user };
}
