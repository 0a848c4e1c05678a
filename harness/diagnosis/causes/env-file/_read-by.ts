import type { EnvFileDocument, UnitDocument } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';

/** Files of variables that units read, each with the unit's files that name it. */
export interface ReadFile {
  readonly document: EnvFileDocument;
  readonly units: readonly UnitDocument[];
  /** The unit's name, without `.service`. */
  readonly unit: string;
}

const plain = (path: string): string =>
  path
    .replace(/^-/, '')
    .replace(/^["']|["']$/g, '')
    .replace(/^\/+/, '');

const names = (unit: UnitDocument, document: EnvFileDocument): boolean => {
  const path = plain(document.piece.path);
  return unit.environmentFiles.some((each) => {
    const named = plain(each.path);
    return named === path || named.endsWith(`/${path}`) || path.endsWith(`/${named}`);
  });
};

/** The files of variables that systemd reads for a unit. */
export function readFiles(picture: Picture): readonly ReadFile[] {
  return picture.all('env-file').flatMap((document): ReadFile[] => {
    const units = picture.all('unit').filter((unit) => unit.read !== false && names(unit, document));
    const [first] = units;
    if (first) return [{ document, units, unit: first.unit?.replace(/\.service$/, '') ?? 'the service' }];
    // The package's own unit has EnvironmentFile=-/etc/sysconfig/gitlab-runner.
    if (!/(?:^|\/)sysconfig\/gitlab-runner$/.test(document.piece.path)) return [];
    const own = picture.all('unit').filter(({ unit }) => unit === 'gitlab-runner.service');
    return [{ document, units: own, unit: 'gitlab-runner' }];
  });
}
