import type { Picture, ProxySeen } from '../../picture/picture.ts';
import { ownAddresses } from '../_addresses.ts';
import { isLoopbackHost } from '../_loopback.ts';
import type { Found } from '../cause.ts';

const EVERYWHERE = new Set(['0.0.0.0', '*', '::', '']);

/** Proxies at an address of this very host at which, by `ss` or `netstat`, nothing listens. */
export function silent(picture: Picture): readonly Found[] {
  const listening = picture.all('sockets').flatMap((each) => each.listening);
  if (listening.length === 0) return [];
  const own = new Map(ownAddresses(picture).map((each) => [each.address, each]));
  const wrong = picture.proxies.filter((proxy) => {
    if (!proxy.setting.effective || proxy.port === undefined || !isHere(proxy, own)) return false;
    return !listening.some(
      ({ address, port }) =>
        port === proxy.port &&
        (EVERYWHERE.has(address) || address === proxy.host || (isLoopbackHost(proxy.host) && isLoopbackHost(address))),
    );
  });
  const [{ piece } = { piece: { file: '' } }] = picture.all('sockets');
  // One proxy of several variables and files is missing once.
  const first = new Map(wrong.toReversed().map((each) => [`${each.host}:${each.port}`, each]));
  return [...first.values()].map(({ file, line, host, port, setting }) => {
    const device = own.get(host)?.device;
    return {
      file,
      line,
      at: `${host}:${port}`,
      says: `${setting.name} names ${host}:${port}${device ? `, the address of ${device} on this host` : ' on this host'}, and nothing listens there (${piece.file}): every request by it is refused.`,
      remedy: {
        says: 'Start the proxy, or restart it: after a reboot cntlm ends when docker0 is not there yet. Then look at its own log.',
      },
    };
  });
}

/** Whether a proxy is on this host: at one of its addresses, or at the loopback for what runs on the host itself. */
const isHere = ({ host, setting: { scope } }: ProxySeen, own: ReadonlyMap<string, unknown>): boolean =>
  (own.has(host) && !isLoopbackHost(host)) ||
  (isLoopbackHost(host) && (scope.of === 'service' || scope.of === 'daemon-json'));
