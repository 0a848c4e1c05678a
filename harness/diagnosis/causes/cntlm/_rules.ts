import { isIPv4 } from 'node:net';
import { inNetwork } from '../../../clients/address.ts';
import type { CntlmDocument } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';

type Setting = CntlmDocument['settings'][number];

/** docker0's network, unless daemon.json has another (dockerd(8), `bip`). */
const DOCKER0 = '172.17.0.1/16';

/** A network as a rule or a file of Docker's names it: `172.17.0.0/16`, `0/0`, one address. Undefined for what is none. */
function networkOf(text: string): { readonly address: string; readonly bits: number } | undefined {
  const [address = '', bits = '32', ...rest] = text.trim().split('/');
  // cntlm takes 0 for 0.0.0.0, as inet_aton does.
  const whole = address === '0' ? '0.0.0.0' : address;
  if (rest.length > 0 || !isIPv4(whole) || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return undefined;
  return { address: whole, bits: Number(bits) };
}

/** The rule that decides on an address: the first that has it; undefined where none does, and cntlm lets it in. */
export const ruleFor = ({ settings }: CntlmDocument, address: string): Setting | undefined =>
  settings.find(({ key, value }) => {
    if (key !== 'allow' && key !== 'deny') return false;
    const network = networkOf(value.split(/\s+/)[0] ?? '');
    return network !== undefined && inNetwork(address, network.address, network.bits);
  });

/** The address of docker0, where containers find the host. */
export function bridgeAddress(picture: Picture): string | undefined {
  const bip = picture.all('daemon-json').flatMap(({ entries }) => entries.filter(({ key }) => key === 'bip'))[0]?.value;
  return networkOf(typeof bip === 'string' ? bip : DOCKER0)?.address;
}

/** An address as a container on docker0 has it. */
export function containerAddress(picture: Picture): string | undefined {
  const bridge = bridgeAddress(picture);
  return bridge === undefined ? undefined : neighbourOf(bridge);
}

/** Another address of the same network, as near as can be. */
function neighbourOf(address: string): string {
  const parts = address.split('.').map(Number);
  const last = parts[3] ?? 0;
  return [...parts.slice(0, 3), last < 254 ? last + 1 : last - 1].join('.');
}
