import { editing, isAboutProxy, placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';
import { readFiles } from './_read-by.ts';

export const inlineCommentCause: Cause = {
  id: 'env-file/inline-comment',
  severity: 'error',
  title: 'A comment behind a value is a part of the value in the file of an EnvironmentFile=.',
  seen: 'HTTP_PROXY=http://proxy:3128 # main in such a file. A line that begins with # is a comment there, and in files for shells a comment may follow a value.',
  fix: 'Give the comment a line of its own.',
  symptoms: ['invalid port after host', 'proxyconnect tcp: dial tcp: lookup'],
  find: (picture) => {
    const read = new Set(readFiles(picture).map(({ document }) => document));
    return picture
      .all('env-file')
      .filter((each) => read.has(each) || (each.flavour === 'environment-file' && !isForShells(each.piece.path)))
      .flatMap(({ assignments }) => assignments)
      .filter(({ name, written }) => isAboutProxy(name) && COMMENT.test(outside(written)))
      .map((each) => ({
        ...placeOf(each),
        at: COMMENT.exec(outside(each.written))?.[0].trim() ?? '#',
        says: `systemd knows no comments behind a value: what follows the # is a part of ${each.name}.`,
        remedy: remedy(
          'Give the comment a line of its own.',
          editing(picture, each, (line) =>
            line.replace(/^(.*?)\s+(#.*)$/, (_, kept: string, comment: string) => `${comment}\n${kept}`),
          ),
        ),
      }));
  },
};

const COMMENT = /(?:^|\s)#.*$/;
const outside = (written: string): string => written.replace(/^(?:"[^"]*"|'[^']*')/, '');
/** Scripts read these, too, where no unit names them. */
const isForShells = (path: string): boolean => /(?:^|\/)(?:default|sysconfig)\/(?!gitlab-runner$)/.test(path);
