import type { Cause } from '../cause.ts';
import { eachSetting, placeOf } from './_settings.ts';

export const authUnknownCause: Cause = {
  id: 'cntlm/auth-unknown',
  severity: 'error',
  title: 'cntlm does not know the word behind Auth.',
  seen: 'Auth GSS, or another word than NTLM, NT, LM, NTLMv2 and NTLM2SR, with cntlm 0.92: it says “Unknown NTLM auth combination”. 0.93 and later know GSS. Without a version nothing is said of GSS.',
  fix: 'Write Auth NTLMv2, or use a later cntlm.',
  symptoms: ['Unknown NTLM auth combination'],
  find: (picture) => {
    const version = picture.version('cntlm');
    return eachSetting(picture, 'auth').flatMap(({ value, ...place }) => {
      if (/^(ntlmv2|ntlm2sr|ntlm|nt|lm)$/i.test(value)) return [];
      if (/^gss$/i.test(value) && !(version && /^0\.(?:[0-8]\d|9[0-2])(?:\.|$)/.test(version.version))) return [];
      return [
        {
          ...placeOf(place),
          at: value,
          says: `cntlm${version ? ` ${version.version}` : ''} does not know Auth ${value.slice(0, 20)}: it says “Unknown NTLM auth combination” and ends.`,
          remedy: { says: 'Write Auth NTLMv2; for Kerberos use cntlm 0.93 or later.' },
        },
      ];
    });
  },
};
