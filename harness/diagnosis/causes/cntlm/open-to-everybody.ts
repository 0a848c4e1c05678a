import type { Cause } from '../cause.ts';
import { placeOf, settingOf } from './_settings.ts';

export const openToEverybodyCause: Cause = {
  id: 'cntlm/open-to-everybody',
  severity: 'error',
  title: 'Everybody who reaches this machine uses the account in cntlm.conf.',
  seen: "Gateway yes, or Listen on 0.0.0.0, without Allow and Deny. Not where Deny 0/0 stands with an Allow, or cntlm listens on docker0's address.",
  fix: "Let cntlm listen on docker0's address alone, or add Allow and Deny.",
  symptoms: ['other machines use our cntlm'],
  find: (picture) =>
    picture.all('cntlm').flatMap((document) => {
      const has = (key: string): boolean => settingOf(document, key) !== undefined;
      if (has('deny') || has('allow')) return [];
      const open =
        document.settings.find(({ key, value }) => key === 'gateway' && /^(yes|true|on|1)$/i.test(value)) ??
        document.settings.find(({ key, value }) => key === 'listen' && /^(0\.0\.0\.0|\*|\[?::\]?):/.test(value));
      if (!open) return [];
      return [
        {
          ...placeOf(open),
          at: open.value,
          says: 'cntlm takes connections from every network, and nobody is kept out: whoever reaches this machine goes to the parent with your account.',
          remedy: {
            says: "Let it listen on docker0's address alone (Listen 172.17.0.1:3128), or add Allow 172.17.0.0/16 and Deny 0/0.",
          },
        },
      ];
    }),
};
