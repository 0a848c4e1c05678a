import type { EnvFileDocument } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import type { Found } from '../cause.ts';

/** `docker run --env-file PATH`, also over several lines. */
const ENV_FILE = /\bdocker\s+(?:container\s+)?(?:run|create)\b(?:[^\n]|\\\n)*?--env-file[= ]["']?([^\s"']+)/g;
const PROXY = /^(?:https?|no|all)_proxy$/i;

/** Values in quotation marks in a file that `docker run --env-file` is given: docker takes them as they stand. */
export function quotedForDocker(picture: Picture): readonly Found[] {
  const given = picture.documents.flatMap(({ piece }) =>
    [...piece.text.matchAll(ENV_FILE)].flatMap(([, path = '']) => [{ path, by: piece.file }]),
  );
  if (given.length === 0) return [];
  return picture.all('env-file').flatMap((document) => {
    const user = given.find(({ path }) => isAt(path, document));
    if (!user) return [];
    return document.assignments.flatMap(({ name, value, file, line }) => {
      const written = document.piece.text.split('\n')[line - 1 - document.piece.skipped] ?? '';
      const quoted = /=\s*(["'].*["'])\s*$/.exec(written)?.[1];
      if (quoted === undefined || !PROXY.test(name)) return [];
      return [
        {
          file,
          line,
          says: `docker run --env-file (${user.by}) hands the quotation marks in ${name} on as a part of its value, so the programs in that container find no URL. systemd and shells would take them away.`,
          remedy: {
            says: 'Leave the quotation marks out: that is right for all of them.',
            edits: [{ file, line, to: `${name}=${value}` }],
          },
        },
      ];
    });
  });
}

/** A file in a bundle lies where it lay, or flat below its name. */
const isAt = (path: string, { piece }: EnvFileDocument): boolean =>
  `/${piece.path}`.endsWith(`/${path.replace(/^\/+/, '')}`) || piece.path === path.split('/').at(-1);
