import type { Cause } from '../cause.ts';
import { eachSetting, placeOf } from './_settings.ts';

export const passwordCutAtHashCause: Cause = {
  id: 'cntlm/password-cut-at-hash',
  severity: 'error',
  title: "A # in cntlm.conf's Password begins a comment, so the password is cut.",
  seen: 'Password holds a # and no quotation marks. Not PassNTLMv2 with a comment behind it, nor a # behind a blank.',
  fix: 'Put the password into quotation marks, or use PassNTLMv2.',
  symptoms: ['407 from the parent though the password is right', 'Wrong credentials'],
  find: (picture) =>
    eachSetting(picture, 'password')
      .filter(({ cutAtHash }) => cutAtHash)
      .map((setting) => ({
        ...placeOf(setting),
        at: '#',
        says: 'A # begins a comment in cntlm.conf, so what follows it in this password is lost, and the parent says that the password is wrong.',
        remedy: { says: 'Put the password into quotation marks, or better write PassNTLMv2 as cntlm -H prints it.' },
      })),
};
