import { firstOf } from '../_first.ts';
import type { Cause } from '../cause.ts';
import { strangeListen } from './_strange-listen.ts';

export const addressMissingAtStartCause: Cause = {
  id: 'cntlm/address-missing-at-start',
  severity: 'error',
  title: "cntlm ends at boot, as docker0's address is not there yet when it starts.",
  seen: '“Cannot bind port …: Cannot assign requested address” in the journal, and a Listen with an address that docker makes. “Address already in use” is another program on the port, and an address that the host does not have while docker0 has another is a wrong one.',
  fix: 'After=docker.service and Requires=docker.service in a drop-in of cntlm.service.',
  symptoms: ['Cannot assign requested address', 'works until the next reboot'],
  find: (picture) => {
    if (strangeListen(picture).length > 0) return [];
    return firstOf(
      picture.lines.filter(({ text }) => /Cannot bind (?:port|address)\b.*Cannot assign requested address/.test(text)),
      () => '',
    ).map(({ file, line }) => ({
      file,
      line,
      at: 'Cannot assign requested address',
      says: "cntlm is to listen at an address that does not exist yet when it starts, most likely docker0's, and ends.",
      remedy: { says: 'Add After=docker.service and Requires=docker.service in a drop-in of cntlm.service.' },
    }));
  },
};
