import { joinHostPort } from '../../../url/index.ts';
import type { Failure } from '../../failures/failure.ts';
import type { Picture, ProxySeen } from '../../picture/picture.ts';
import { ownAddresses } from '../_addresses.ts';
import { firstOf as first } from '../_first.ts';
import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import { replacing } from '../_values.ts';
import type { Cause, Found } from '../cause.ts';
import { strangeListen } from '../cntlm/_strange-listen.ts';
import { listensOnLoopbackOnlyCause } from '../cntlm/listens-on-loopback-only.ts';
import { silent } from './_silent.ts';

/** The networks that Docker takes for bridges first. */
const DOCKERS = /^172\.(?:1[6-9]|2\d|3[01])\./;
const LOOPBACK = /^(?:localhost|127\.|::1$)/;

export const proxyRefusesConnectionCause: Cause = {
  id: 'value/proxy-refuses-connection',
  severity: 'error',
  title: "Nothing listens at the proxy's address and port, as seen from there.",
  seen: "“proxyconnect tcp: dial tcp … connection refused” (no route, i/o timeout), or “Failed to connect to” the proxy's own host and port; a value that names another address or port than cntlm listens at; a Listen of cntlm with an address that the host does not have, while docker0 has another; an address of this host at which, by ss -ltn, nothing listens. Not 127.0.0.1 in a container, and not a port that nobody wrote.",
  fix: 'Correct address and port, open the firewall, start the proxy.',
  symptoms: ['proxyconnect tcp: dial tcp connection refused', "Couldn't connect to server", 'proxyconnect i/o timeout'],
  find: (picture) => {
    const strange = strangeListen(picture);
    if (strange.length > 0) return strange;
    const besides = besidesCntlm(picture);
    if (besides.length > 0) return besides;
    const quiet = silent(picture).filter(({ at }) => !isCntlm(picture, at?.replace(/:\d+$/, '') ?? ''));
    if (quiet.length > 0) return quiet;
    return firstOf(failuresOfKind(picture, 'proxy-unreachable'), ({ peer }) => `${peer?.host}:${peer?.port}`).flatMap(
      (failure) => unreachable(picture, failure),
    );
  },
};

function unreachable(picture: Picture, failure: Failure): readonly Found[] {
  const { host = '', port } = failure.peer ?? {};
  const isOfJob = failure.who !== 'runner' && failure.who !== 'daemon' && failure.who !== 'register';
  if (LOOPBACK.test(host) && isOfJob) return [];
  const seen = picture.proxies.find(
    (each) => each.setting.effective && each.host === host && (port === undefined || each.port === port),
  );
  const guessed = picture.proxies.some((each) => each.host === host && each.port === undefined);
  if (guessed && (port === 1080 || port === 80)) return [];
  if (isCntlm(picture, host)) return [];
  const how = failure.how === 'refused' ? 'nothing listens there' : 'there is no way to it';
  const remedy = 'Correct the address and port, open the firewall, or start the proxy.';
  const at = joinHostPort(host, seen?.port ?? port);
  if (!seen)
    return [
      onLine(failure, `The proxy at ${at} cannot be reached: ${how}.`, remedy, failure.text.includes(at) ? at : host),
    ];
  const { file, line } = seen;
  return [
    {
      file,
      line,
      at: seen.host,
      says: `The proxy at ${at} cannot be reached (${failure.file}:${failure.line}): ${how}.`,
      remedy: { says: remedy },
    },
  ];
}

/** What cntlm's own file or log tells of. */
function isCntlm(picture: Picture, host: string): boolean {
  if (!LOOPBACK.test(host) && !DOCKERS.test(host)) return false;
  return (
    listensOnLoopbackOnlyCause.find(picture).length > 0 ||
    picture.all('cntlm').some(({ unreadLast }) => unreadLast !== undefined) ||
    picture.lines.some(({ text }) =>
      /Cannot bind port|No proxy service ports|Parent proxy address missing|Invalid proxy specification/.test(text),
    )
  );
}

/** A value that names this host, and not the address or the port at which its cntlm listens. */
function besidesCntlm(picture: Picture): readonly Found[] {
  const listens = picture.all('cntlm').flatMap(({ settings }) =>
    settings.flatMap(({ key, value, file, line }) => {
      const [, host, port] = /^(?:(\d+\.\d+\.\d+\.\d+):)?(\d+)$/.exec(value.trim()) ?? [];
      return key === 'listen' && port !== undefined ? [{ host, port: Number(port), file, line }] : [];
    }),
  );
  const open = picture
    .all('cntlm')
    .some(({ settings }) => settings.some(({ key, value }) => key === 'gateway' && /^(?:yes|true|on|1)$/i.test(value)));
  const own = new Set(ownAddresses(picture).map(({ address }) => address));
  if (listens.length === 0 || listens.some(({ host }) => host === '0.0.0.0')) return [];
  const wrong = picture.proxies.flatMap((proxy) => {
    if (!proxy.setting.effective || proxy.port === undefined) return [];
    const near = listens.find(({ host, port }) => isNear(proxy, host, port, open, own));
    const fits = listens.some(
      ({ host, port }) =>
        port === proxy.port && (host === undefined ? open || LOOPBACK.test(proxy.host) : host === proxy.host),
    );
    return near && !fits ? [{ proxy, near }] : [];
  });
  return first(wrong, ({ proxy: { file, line } }) => `${file}:${line}`).map(({ proxy, near }) => {
    const { file, line, host, port, setting } = proxy;
    const right = `${near.host ?? host}:${near.port}`;
    const same = picture.settings.filter(
      (each) => each.effective && each.value === setting.value && each.file === file,
    );
    const edits = replacing(
      picture,
      same,
      setting.value.replace(`${setting.value.includes(host) ? host : ''}:${port}`, right),
    );
    return {
      file,
      line,
      at: `${host}:${port}`,
      says: `${setting.name} names ${host}:${port}, and cntlm listens at ${right} (${near.file}:${near.line}): nothing answers there.`,
      remedy: { says: `Write ${right}.`, ...(edits.length > 0 ? { edits } : {}) },
    };
  });
}

/**
 * docker0's network with another address, or the same address with another port; of an address of docker's that this host does not
 * have, too.
 */
function isNear(
  proxy: ProxySeen,
  host: string | undefined,
  port: number,
  open: boolean,
  own: ReadonlySet<string>,
): boolean {
  if (host === undefined) return open && /^172\.17\.0\.1$/.test(proxy.host) && proxy.port !== port;
  if (host === proxy.host) return proxy.port !== port;
  const network = (address: string): string => address.split('.').slice(0, 3).join('.');
  if (proxy.port !== port || !DOCKERS.test(host)) return false;
  const isNobodys = own.size > 0 && own.has(host) && !own.has(proxy.host) && DOCKERS.test(proxy.host);
  return isNobodys || network(host) === network(proxy.host);
}
