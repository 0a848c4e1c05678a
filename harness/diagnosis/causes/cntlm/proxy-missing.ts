import type { Cause } from '../cause.ts';
import { settingOf } from './_settings.ts';

export const proxyMissingCause: Cause = {
  id: 'cntlm/proxy-missing',
  severity: 'error',
  title: 'cntlm is told no parent proxy.',
  seen: 'A cntlm.conf has neither Proxy nor Pac. cntlm says “Parent proxy address missing.” and ends.',
  fix: 'Name the parent: Proxy HOST:PORT.',
  symptoms: ['Parent proxy address missing'],
  find: (picture) =>
    picture.all('cntlm').flatMap((document) =>
      settingOf(document, 'proxy') !== undefined ||
      settingOf(document, 'pac') !== undefined ||
      document.settings.length === 0
        ? []
        : [
            {
              file: document.piece.file,
              says: 'This cntlm.conf names no parent proxy: cntlm says “Parent proxy address missing.” and ends.',
              remedy: { says: 'Add a line Proxy HOST:PORT.' },
            },
          ],
    ),
};
