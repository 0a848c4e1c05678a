import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';

export const errorPageForJsonCause: Cause = {
  id: 'body/error-page-for-json',
  severity: 'error',
  title: "The proxy's error page comes in place of the registry's JSON.",
  seen: "“error parsing HTTP 403 response body: invalid character '<'” of docker push or pull. With 413 or 411 the status says what it is.",
  fix: 'Have the request allowed, or name the registry in NO_PROXY.',
  symptoms: ['error parsing HTTP 403 response body', "invalid character '<'"],
  find: (picture) =>
    firstOf(failuresOfKind(picture, 'error-page')).map((failure) =>
      onLine(
        failure,
        `docker expects JSON from the registry and gets an HTML page with status ${failure.status}: it is the proxy's.`,
        'Have the request allowed by the proxy, or name the registry in NO_PROXY of the daemon where it is your own.',
      ),
    ),
};
