import { NAMES, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { rejectionsOf } from './_credentials.ts';

export const wrongCredentialsCause: Cause = {
  id: 'auth/wrong-credentials',
  severity: 'error',
  title: 'The proxy rejects the user and the password that the client sends.',
  seen: "407 and a proxy value with user and password, rightly encoded; squid's log with the user's name; cntlm's “Authentication for tunnel … failed”.",
  fix: 'Try the account with curl -x; renew the password, or have the account unlocked.',
  symptoms: ['407', 'Proxy Authentication Required', 'Authentication for tunnel failed', 'password expired'],
  find: (picture) =>
    rejectionsOf(picture).flatMap(({ kind, failure, setting }) => {
      if (kind !== 'wrong') return [];
      const remedy = 'Try the same account with curl -x; the password may have changed, or the account may be locked.';
      if (!setting)
        return [onLine(failure, `The proxy rejects the user and password that ${NAMES[failure.who]} sends.`, remedy)];
      const { file, line, name } = setting;
      return [
        {
          file,
          line,
          says: `${name} has a user and a password, and the proxy still answers 407 (${failure.file}:${failure.line}): it rejects them.`,
          remedy: { says: remedy },
        },
      ];
    }),
};
