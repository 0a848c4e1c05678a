import { firstOf } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { rejectionsOf } from './_credentials.ts';

export const ntlmOnlyProxyCause: Cause = {
  id: 'auth/ntlm-only-proxy',
  severity: 'error',
  title: 'The proxy takes NTLM or Negotiate alone, which Go, npm and wget cannot do.',
  seen: 'A 407, and in a verbose log (or in squid.conf) NTLM or Negotiate offered without Basic. Not where cntlm logs in, nor with Basic beside them.',
  fix: 'Put cntlm or another local proxy in between, which logs in by NTLM.',
  symptoms: ['Proxy-Authenticate: NTLM', 'Proxy-Authenticate: Negotiate', '407 although the password is right'],
  find: (picture) => {
    const rejections = rejectionsOf(picture).filter(({ kind }) => kind === 'ntlm');
    return firstOf(
      rejections.map(({ failure }) => failure),
      () => '',
    ).flatMap(() => {
      const place = rejections[0]?.offer;
      if (!place) return [];
      return [
        {
          file: place.file,
          line: place.line,
          says: 'The proxy offers NTLM or Negotiate and no Basic: gitlab-runner, docker, npm and wget cannot log in, whatever their URL has.',
          remedy: { says: 'Let cntlm log in, and name it as the proxy without user and password.' },
        },
      ];
    });
  },
};
