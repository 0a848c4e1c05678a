import type { Picture } from '../../picture/picture.ts';
import { ownAddresses } from '../_addresses.ts';
import type { Found } from '../cause.ts';
import { eachSetting, placeOf } from './_settings.ts';

/**
 * A Listen with an address that this host does not have, while its docker0 has another one. Where docker0 is not there either, the
 * address may only be late.
 */
export function strangeListen(picture: Picture): readonly Found[] {
  const own = ownAddresses(picture);
  const bridge = own.find(({ device }) => device === 'docker0');
  if (!bridge) return [];
  return eachSetting(picture, 'listen').flatMap((listen) => {
    const [, host, port] = /^(\d+\.\d+\.\d+\.\d+):(\d+)$/.exec(listen.value.trim()) ?? [];
    if (host === undefined || host === '0.0.0.0' || own.some(({ address }) => address === host)) return [];
    const right = `${bridge.address}:${port}`;
    return [
      {
        ...placeOf(listen),
        at: listen.value.trim(),
        says: `cntlm is to listen at ${host}:${port}, and this host has no address ${host}: docker0's is ${bridge.address} (${bridge.file}:${bridge.line}). cntlm ends, and nothing answers.`,
        remedy: {
          says: `Write ${right}, and restart cntlm.`,
          edits: [{ ...placeOf(listen), to: listen.written.replace(listen.value.trim(), right) }],
        },
      },
    ];
  });
}
