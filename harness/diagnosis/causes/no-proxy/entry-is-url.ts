import type { Cause } from '../cause.ts';
import { entryFinding, lists, named } from './_lists.ts';

const isUrl = (entry: string): boolean =>
  /:\/\//.test(entry) || (/\//.test(entry) && !/\/\d{1,3}$/.test(entry) && !entry.startsWith('/'));

export const entryIsUrlCause: Cause = {
  id: 'no-proxy/entry-is-url',
  severity: 'error',
  title: 'An entry of NO_PROXY is a URL.',
  seen: 'An entry with a scheme or a path. No client knows what to do with it.',
  fix: 'Write the host name alone.',
  symptoms: ['internal hosts go through the proxy though NO_PROXY has them'],
  find: (picture) =>
    lists(picture).flatMap((list) => {
      const wrong = list.entries.flatMap((entry) => entry.split(/[;\s]+/)).filter(isUrl);
      return entryFinding(picture, list, {
        wrong,
        says: `${named(wrong)} in ${list.setting.name} ${wrong.length === 1 ? 'is a URL' : 'are URLs'}, and clients compare host names: nothing is excepted by it.`,
        remedy: 'Write the host name alone.',
        to: (entry) =>
          entry
            .replace(/^[a-z][\w+.-]*:\/\//i, '')
            .replace(/[/?#].*$/, '')
            .replace(/^.*@/, ''),
      });
    }),
};
