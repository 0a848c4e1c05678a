import { isOfGo, whose } from '../_values.ts';
import type { Cause } from '../cause.ts';
import { flawFindings } from './_finding.ts';

export const schemeMissingCause: Cause = {
  id: 'value/scheme-missing',
  severity: 'warning',
  title: 'The value has no http:// in front.',
  seen: 'HOST:PORT alone. curl, git, wget, Go, docker and Python take it; npm, yarn, Node, Ruby, apt and Perl do not. In units of docker and gitlab-runner it does no harm.',
  fix: 'Write http://HOST:PORT.',
  symptoms: ['ERR_INVALID_URL', 'EINVALIDPROXY', 'Invalid protocol'],
  find: (picture) =>
    flawFindings(picture, 'scheme-missing', {
      says: ({ name, scope }) =>
        `${name} has no http:// in front: curl, git, docker and Go take that, while npm, yarn, Node, Ruby and apt say that it is no URL. It is of ${whose(scope)}.`,
      remedy: 'Write http:// in front.',
      severity: ({ scope }) => (isOfGo(scope) || scope.of === 'git' ? 'note' : 'warning'),
    }),
};
