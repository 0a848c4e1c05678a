import type { CntlmSetting } from '../../recipes/cntlm-conf/read.ts';
import type { Remark } from '../remark.ts';

/**
 * Checks where cntlm listens: at docker0's address, and nowhere else.
 * Source: “Make CNTLM listen to the docker0 interface”.
 * @param bridgeAddress docker0's address on the machine that the file is for, where it is known
 */
export function checkListen(
  listens: readonly CntlmSetting[],
  gateway: CntlmSetting | undefined,
  bridgeAddress: string | undefined,
): Remark[] {
  const wanted = `Write Listen ${bridgeAddress ?? '172.17.0.1'}:3128, with the address that \`ip -4 -oneline addr show dev docker0\` prints.`;
  if (listens.length === 0) {
    return [
      {
        level: 'error',
        says: 'There is no Listen, so cntlm opens no port and ends: “No proxy service ports were successfully opened”.',
        fix: wanted,
      },
    ];
  }
  const open = gateway !== undefined && /^yes$/i.test(gateway.value);
  const remarks = listens.flatMap(({ line, value }): Remark[] => {
    const says = badAddress(value, open, bridgeAddress);
    return says === undefined ? [] : [{ level: 'error', line, says, fix: wanted }];
  });
  if (open && gateway && listens.every(({ value }) => value.includes(':'))) {
    remarks.push({
      level: 'note',
      line: gateway.line,
      says: 'Gateway does nothing here: it counts only for a Listen without an address, which would then be open to everybody.',
      fix: 'Leave it out.',
    });
  }
  return remarks;
}

const EVERYBODY = 'so everybody who reaches this machine can use the proxy, with the account in this file.';
const NO_CONTAINER = 'where no container reaches it: to a container this is the container itself.';

function badAddress(value: string, open: boolean, bridgeAddress: string | undefined): string | undefined {
  // What is no address may be a password that went astray, and is not repeated.
  if (!/^(?:[\w.-]+:\d*|[\d.]+)$/.test(value))
    return 'Listen names no address and port, so cntlm ends: “Invalid listen port”.';
  const [, address, port] = /^(?:(.*):)?(\d+)$/.exec(value) ?? [];
  if (port === undefined || Number(port) === 0)
    return `Listen ${value} names no port, so cntlm ends: “Invalid listen port”.`;
  if (address === undefined && open)
    return `With Gateway yes, Listen ${value} is every address of the machine, ${EVERYBODY}`;
  if (address === undefined) return `Listen ${value} has no address. cntlm takes 127.0.0.1 then, ${NO_CONTAINER}`;
  if (address === '0.0.0.0') return `Listen ${value} is every address of the machine, ${EVERYBODY}`;
  if (/^127\.|^localhost$/.test(address)) return `Listen ${value} is the machine's own loopback, ${NO_CONTAINER}`;
  if (!/^[\d.]+$/.test(address))
    return `Listen ${value} has a name: cntlm looks it up, and ends when there is no such host. An interface, such as docker0, is none.`;
  if (bridgeAddress !== undefined && address !== bridgeAddress)
    return `Listen ${value} is not docker0's address, which is ${bridgeAddress}: cntlm cannot bind it, and ends (“Cannot assign requested address”), or listens where containers are not meant to come from.`;
  return undefined;
}
