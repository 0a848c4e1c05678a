import type { Failure, Who } from '../../failures/failure.ts';
import { isPrivateAddress } from '../../picture/hosts.ts';
import type { Picture } from '../../picture/picture.ts';
import { failuresOfKind } from '../_log.ts';

/** Attempts of a program to reach an external host itself. */
export const directBy = (picture: Picture, who: Who): readonly Failure[] =>
  failuresOfKind(picture, 'direct').filter(
    (each) => each.who === who && each.how !== 'deadline' && isExternal(picture, each),
  );

/** Attempts of dockerd that ended at their time limit, which may have been on any way. */
export const lateBy = (picture: Picture, who: Who): readonly Failure[] =>
  failuresOfKind(picture, 'direct').filter(
    (each) => each.who === who && each.how === 'deadline' && isExternal(picture, each),
  );

/** A private address is reached directly or not at all; a name of the customer's own that resolves to a public one is outside. */
function isExternal(picture: Picture, { target, peer, how }: Failure): boolean {
  const name = target?.host ?? peer?.host ?? '';
  if (peer && /^[\d.:a-f]+$/.test(peer.host) && peer.host !== name) return !isPrivateAddress(peer.host);
  if (how === 'no-name' || how === 'timeout' || how === 'deadline')
    return name !== '' && (!picture.isInternal(name) || picture.gitlabHosts.length === 0);
  return name !== '' && !picture.isInternal(name);
}

/** Whether a file of a service says anything of a proxy: why it does not count is another cause. */
export const hasFileOf = (picture: Picture, unit: 'docker' | 'gitlab-runner'): boolean =>
  picture.documents.some((document) => {
    const { kind, piece } = document;
    if (!/proxy/i.test(piece.text.slice(0, 2 ** 20))) return false;
    if (kind === 'unit')
      return document.unit === undefined || document.unit.startsWith(unit) || document.role === 'manager';
    if (kind === 'show') return document.unit?.startsWith(unit) ?? true;
    if (kind === 'env-file')
      return (
        document.flavour === 'environment-file' ||
        document.flavour === 'etc-environment' ||
        /default\/|sysconfig\//.test(piece.path)
      );
    return unit === 'docker' && kind === 'daemon-json';
  });
