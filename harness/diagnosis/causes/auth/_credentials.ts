import { splitUrl } from '../../../url/index.ts';
import type { Failure } from '../../failures/failure.ts';
import type { Picture, Setting } from '../../picture/picture.ts';
import { failuresOfKind, firstOf, proxiesOfWho, settingsOfWho } from '../_log.ts';
import { flawsOf } from '../value/_flaws.ts';

/** A 407 with what it is told of. */
export interface Rejection {
  readonly failure: Failure;
  readonly kind: 'missing' | 'wrong' | 'ntlm';
  /** The value that lacks the credentials, or has the wrong ones. */
  readonly setting: Setting | undefined;
  /** The line that shows that the proxy takes NTLM or Negotiate alone. */
  readonly offer: { readonly file: string; readonly line: number } | undefined;
}

/** Every 407, once for each who, with why it came. */
export function rejectionsOf(picture: Picture): readonly Rejection[] {
  const all = failuresOfKind(picture, 'answered', 'cntlm-rejected').filter(({ status }) => status === 407);
  const told = all.some(({ bySquid }) => !bySquid) ? all.filter(({ bySquid }) => !bySquid) : all;
  const offer = ntlmOffer(picture);
  return firstOf(told, ({ who }) => who).flatMap((failure) => rejectionOf(picture, failure, offer));
}

function rejectionOf(picture: Picture, failure: Failure, offer: Rejection['offer']): readonly Rejection[] {
  if (failure.kind === 'cntlm-rejected') return [{ failure, kind: 'wrong', setting: undefined, offer: undefined }];
  if (byCntlm(picture, failure)) return [];
  if (offer) return [{ failure, kind: 'ntlm', setting: undefined, offer }];
  const settings = settingsOfWho(picture, failure.who, failure.of === 'terminal').filter(
    ({ variable, value }) => variable !== 'NO_PROXY' && value.trim() !== '',
  );
  // What spoils the value is told of as such, and a reference hides what it stands for.
  if (
    settings.some(({ value }) =>
      flawsOf(value).some(({ kind }) => kind === 'password-not-encoded' || kind === 'literal-quotes'),
    )
  )
    return [];
  if (settings.some(({ value }) => /\$\{?\w/.test(value))) return [];
  const bare = settings.find(({ value }) => !hasPassword(value));
  const full = settings.find(({ value }) => hasPassword(value));
  if (full && (!bare || failure.who === 'client')) return [{ failure, kind: 'wrong', setting: full, offer: undefined }];
  const isKnown = bare !== undefined || failure.user === undefined;
  return [{ failure, kind: isKnown ? 'missing' : 'wrong', setting: bare, offer: undefined }];
}

const hasPassword = (value: string): boolean => splitUrl(value.trim()).userinfo?.includes(':') ?? false;

/** cntlm stands between, and logs in by itself: what it was refused is no matter of a URL. */
function byCntlm(picture: Picture, { who }: Failure): boolean {
  if (picture.all('cntlm').length === 0 && !picture.all('log').some(({ of }) => of === 'cntlm')) return false;
  const proxies = proxiesOfWho(picture, who);
  return (
    proxies.length === 0 || proxies.some(({ host }) => /^(?:127\.|localhost|172\.(?:1[6-9]|2\d|3[01])\.)/.test(host))
  );
}

/** Where a log, or squid.conf, shows that the proxy offers NTLM or Negotiate and no Basic. */
function ntlmOffer(picture: Picture): Rejection['offer'] {
  const offers = failuresOfKind(picture, 'offers');
  if (offers.length > 0)
    return offers.some(({ how }) => how === 'basic')
      ? undefined
      : offers.find(({ how }) => /^(?:ntlm|negotiate|kerberos)$/.test(how ?? ''));
  const schemes = picture
    .all('squid-conf')
    .flatMap(({ directives }) =>
      directives.filter(({ key, value }) => key === 'auth_param' && /\bprogram\b/.test(value)),
    );
  if (schemes.some(({ value }) => /^basic\b/i.test(value))) return undefined;
  return schemes.find(({ value }) => /^(?:ntlm|negotiate)\b/i.test(value));
}
