import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { near } from './_near.ts';

export const uploadCutCause: Cause = {
  id: 'body/upload-cut',
  severity: 'error',
  title: 'The proxy closes the connection in the midst of a transfer.',
  seen: '“use of closed network connection”, “transfer closed with N bytes remaining”, “unexpected disconnect while reading sideband packet”, or docker push that retries and ends in an unexpected EOF or a reset.',
  fix: 'Have the proxy’s limits of time and size raised, or keep these hosts off it by NO_PROXY.',
  symptoms: [
    'use of closed network connection',
    'transfer closed with',
    'Retrying in',
    'unexpected disconnect while reading sideband packet',
  ],
  find: (picture) => {
    const failures = [
      ...failuresOfKind(picture, 'upload-cut'),
      ...failuresOfKind(picture, 'push-ended', 'connection-cut').filter(
        (each) =>
          (each.kind === 'connection-cut' || /unexpected/.test(each.text)) &&
          near(picture, each, 80, 0).some(({ text }) => /Retrying in \d+ second/.test(text)),
      ),
    ].sort((a, b) => a.line - b.line);
    return firstOf(failures).map((failure) =>
      onLine(
        failure,
        'The connection was closed in the midst of a transfer: the proxy limits how long or how large one may be.',
        "Have the proxy's limits raised, or name the host in NO_PROXY where it is your own.",
      ),
    );
  },
};
