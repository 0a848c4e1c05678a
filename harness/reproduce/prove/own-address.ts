import { MACHINE_NETWORK } from '../../containers/host/index.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { type Candidate, changing } from './candidate.ts';

/**
 * Where cntlm.conf denies whom it does not name: the machine itself allowed, by its own network address. What a machine with Docker sends to
 * docker0's address comes from there, as Docker masquerades all from docker0's network that does not leave by docker0.
 */
export function ownAddressCandidates(picture: Picture): readonly Candidate[] {
  return picture.all('cntlm').flatMap(({ piece, settings }) => {
    const denies = settings.find(({ key }) => key === 'deny');
    if (!denies) return [];
    const text = piece.text.split(/\r?\n/)[denies.line - piece.skipped - 1] ?? '';
    return [
      {
        cause: 'page/cntlm-denies-the-machine',
        says: "cntlm may deny the machine itself: what the runner and Docker send to docker0's address comes from the machine's network address, which Docker puts there.",
        remedy: "Allow the machine's own network address in cntlm.conf, before what is denied.",
        file: piece.file,
        line: denies.line,
        ...changing({ edits: [{ file: piece.file, line: denies.line, to: `Allow ${MACHINE_NETWORK}\n${text}` }] }),
      },
    ];
  });
}
