import type { Place } from '../../documents/document.ts';
import type { Failure } from '../../failures/failure.ts';
import type { Picture } from '../../picture/picture.ts';
import { editing, remedy } from '../_editing.ts';
import { NAMES, onLine } from '../_log.ts';
import type { Cause, Edit, Found } from '../cause.ts';
import { denied, isOtherPort } from './_denied.ts';
import { portRulesOf } from './_squid-ports.ts';

export const connectPortDeniedCause: Cause = {
  id: 'auth/connect-port-denied',
  severity: 'error',
  title: 'The proxy lets CONNECT through to some ports alone, mostly 443, and the target has another one.',
  seen: "403 for a CONNECT to a port other than 443, in a client's error or as TCP_DENIED in squid's log. Where squid.conf has the port in the acl of its rule (of one line or several, or in a range) the log is of before.",
  fix: 'Have the port allowed, or name the host in NO_PROXY where it is your own.',
  symptoms: ['TCP_DENIED/403 CONNECT', 'SSL_ports', 'registry on port 5000 Forbidden'],
  find: (picture) =>
    denied(picture)
      .filter(isOtherPort)
      .map((each) => finding(picture, each)),
};

function finding(picture: Picture, failure: Failure): Found {
  const { host = '', port = 0 } = failure.target ?? {};
  const seen = `${failure.file}:${failure.line}`;
  const rules = portRulesOf(picture);
  const lacking = rules.filter(({ has }) => has(port) === false);
  const [line] = lacking[0]?.lines ?? [];
  const refused = `The proxy refuses ${NAMES[failure.who]} a tunnel to ${host}:${port}`;
  const isOwn = picture.isInternal(host);
  if (line) {
    const ports = line.value.replace(/^\S+\s+port\s+/, '');
    return {
      file: line.file,
      line: line.line,
      at: ports,
      says: `${refused} (${seen}): ${lacking.map(({ name }) => name).join(' and ')} does not have port ${port}.`,
      remedy: isOwn
        ? remedy(`Name ${host} in NO_PROXY, or have port ${port} allowed here.`)
        : remedy(
            `Have port ${port} allowed by the proxy's administrators, whose file this is.`,
            lacking.flatMap(({ lines: [first] }) => (first ? adding(picture, first, port) : [])),
          ),
    };
  }
  if (rules.length > 0 && rules.every(({ has }) => has(port) === true)) {
    const { file, line: at } = rules.at(-1)?.naming(port) ?? failure;
    return {
      ...onLine(
        failure,
        `The proxy has refused ${NAMES[failure.who]} a tunnel to ${host}:${port}, and ${file}:${at} allows this port: the log is of before that change, or squid does not use this file yet.`,
        'Run squid -k reconfigure, and the job again.',
      ),
      severity: 'note',
    };
  }
  return onLine(
    failure,
    `${refused}: CONNECT is allowed to port 443 alone.`,
    isOwn
      ? `Name ${host} in NO_PROXY, or have port ${port} allowed.`
      : `Have port ${port} allowed by the proxy's administrators (acl SSL_ports of squid).`,
  );
}

/** A port behind the others of a line, before its remark. */
const adding = (picture: Picture, place: Place, port: number): readonly Edit[] =>
  editing(picture, place, (line) => line.replace(/^(\s*acl\s+\S+\s+port[^#]*?)(\s*(?:#.*)?)$/, `$1 ${port}$2`));
