import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { near } from './_near.ts';
import { cutPolls } from './_polls.ts';

export const connectionCutCause: Cause = {
  id: 'body/connection-cut',
  severity: 'error',
  title: 'The proxy closes the connection on CONNECT, or while it is idle.',
  seen: '“unexpected EOF”, EOF behind an https URL, “Proxy CONNECT aborted”, “connection reset by peer”. Not in the midst of an upload, not at the same long interval of every poll, and not where it was overcome.',
  fix: "Look at the proxy's log for the moment; have it keep idle connections, and CONNECT allowed for the host.",
  symptoms: ['unexpected EOF', 'Proxy CONNECT aborted', 'connection reset by peer'],
  find: (picture) => {
    const polls = cutPolls(picture)
      .filter(({ every, recovered }) => every === undefined && !recovered)
      .flatMap(({ polls: own }) => own.filter(({ text }) => /EOF/.test(text)));
    const others = failuresOfKind(picture, 'connection-cut').filter(
      (each) => !near(picture, each, 80, 0).some(({ text }) => /Retrying in \d+ second/.test(text)),
    );
    return firstOf([...others, ...polls]).map((failure) =>
      onLine(
        failure,
        'The connection is closed without an answer, on CONNECT or while it is idle: the proxy, or a firewall on the way, cuts it.',
        "Look into the proxy's log for this moment and host; have CONNECT allowed, and idle connections kept.",
      ),
    );
  },
};
