import type { Cause } from '../cause.ts';
import { settingOf } from './_settings.ts';

export const passwordMissingCause: Cause = {
  id: 'cntlm/password-missing',
  severity: 'error',
  title: 'cntlm has no password.',
  seen: 'Neither Password nor PassNTLMv2, PassNT or PassLM in cntlm.conf. Not with NTLMToBasic yes or Auth GSS.',
  fix: 'Add PassNTLMv2, as cntlm -H prints it.',
  symptoms: ['407 from the parent', 'Wrong credentials, invalid URL or proxy does not support NTLM'],
  find: (picture) =>
    picture.all('cntlm').flatMap((document) => {
      const has = (...keys: string[]): boolean => keys.some((key) => settingOf(document, key) !== undefined);
      if (
        has('password', 'passntlmv2', 'passnt', 'passlm') ||
        /^(yes|true|on|1)$/i.test(settingOf(document, 'ntlmtobasic') ?? '')
      )
        return [];
      if (/^gss$/i.test(settingOf(document, 'auth') ?? '') || !has('username')) return [];
      const user = document.settings.find(({ key }) => key === 'username');
      return [
        {
          file: document.piece.file,
          ...(user ? { line: user.line } : {}),
          says: 'This cntlm.conf has a user and no password: cntlm starts all the same, and the parent refuses it.',
          remedy: { says: 'Add the line PassNTLMv2 that cntlm -H -a NTLMv2 prints.' },
        },
      ];
    }),
};
