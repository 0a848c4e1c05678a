import { NAMES, onLine } from '../_log.ts';
import { lineOf } from '../_values.ts';
import type { Cause } from '../cause.ts';
import { rejectionsOf } from './_credentials.ts';

export const credentialsMissingCause: Cause = {
  id: 'auth/credentials-missing',
  severity: 'error',
  title: 'The proxy wants a user and a password, and the client has none.',
  seen: "407, Proxy Authentication Required, for a client whose proxy value has no user and password. Not git's first request, which asks without them on purpose, and not a proxy that takes NTLM alone.",
  fix: 'Write http://user:password@host:port, percent-encoded, or use cntlm.',
  symptoms: ['Proxy Authentication Required', '407', 'CONNECT tunnel failed, response 407'],
  find: (picture) =>
    rejectionsOf(picture).flatMap(({ kind, failure, setting }) => {
      if (kind !== 'missing') return [];
      const remedy =
        'Write user and password into the URL, percent-encoded (%% for each % in a unit), or let cntlm log in.';
      if (!setting)
        return [
          onLine(failure, `The proxy answers ${NAMES[failure.who]} with 407: it wants a user and a password.`, remedy),
        ];
      const { file, line, name, value } = setting;
      return [
        {
          file,
          line,
          ...(lineOf(picture, file, line)?.includes(value) && !value.includes('@') ? { at: value } : {}),
          says: `The proxy wants a user and a password (407 in ${failure.file}:${failure.line}), and ${name} has none for ${NAMES[failure.who]}.`,
          remedy: { says: remedy },
        },
      ];
    }),
};
