import type { Cause } from '../cause.ts';
import { eachSetting, placeOf } from './_settings.ts';

export const usernameWithDomainCause: Cause = {
  id: 'cntlm/username-with-domain',
  severity: 'error',
  title: "cntlm's Username has the domain in it.",
  seen: 'Username of cntlm.conf is DOMAIN\\user: cntlm sends it as it stands. The domain belongs into Domain.',
  fix: 'Write Username and Domain on lines of their own.',
  symptoms: ['407 from the parent', 'account locked, user unknown'],
  find: (picture) =>
    eachSetting(picture, 'username').flatMap(({ value, written, ...place }) => {
      const [, domain, user] = /^([^\\]+)\\+(.+)$/.exec(value) ?? [];
      if (domain === undefined || user === undefined) return [];
      return [
        {
          ...placeOf(place),
          at: value,
          says: 'cntlm sends this user name as it stands, backslash and all, and the parent knows no such user.',
          remedy: {
            says: 'Leave the domain out here, and give it in the line Domain.',
            edits: [{ ...placeOf(place), to: written.replace(value, user) }],
          },
        },
      ];
    }),
};
