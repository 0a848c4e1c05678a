import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';

export const chunkedRefusedCause: Cause = {
  id: 'body/chunked-refused',
  severity: 'error',
  title: 'The proxy wants Content-Length, and answers 411 to a body that is sent in chunks.',
  seen: "411, Length Required, on a git push above 1 MiB, an artifact upload or docker's PATCH.",
  fix: 'Raise http.postBuffer for git, or name the host in NO_PROXY.',
  symptoms: ['411 Length Required', 'HTTP 411'],
  find: (picture) =>
    firstOf(failuresOfKind(picture, 'length-required'), () => '').map((failure) =>
      onLine(
        failure,
        'The proxy refuses a body without Content-Length (411): git sends its pack in chunks above http.postBuffer, and the helper and docker send all of theirs so.',
        "Set git's http.postBuffer above the size of the push, or keep the host off the proxy by NO_PROXY.",
      ),
    ),
};
