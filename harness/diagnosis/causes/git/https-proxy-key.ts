import type { ScriptLine } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import type { Cause } from '../cause.ts';

const SETS_HTTPS = /\bgit\s+config\s+(?:--?[\w-]+\s+)*https\.proxy\s+\S/;
const SETS_HTTP = /\bgit\s+config\s+(?:--?[\w-]+\s+)*http\.proxy\s+\S/;

export const httpsProxyKeyCause: Cause = {
  id: 'git/https-proxy-key',
  severity: 'note',
  title: 'git has no https.proxy: http.proxy counts for https URLs, too.',
  seen: "https.proxy in git's configuration, or set by a hook or script. An error where http.proxy is not set besides, as git then has no proxy from there.",
  fix: 'Set http.proxy, and leave https.proxy out.',
  symptoms: ['git ignores https.proxy', 'git clone over https goes direct'],
  find: (picture) => [
    ...picture.all('git-config').flatMap(({ entries }) => {
      const own = entries.find(
        ({ section, subsection, key }) => section === 'https' && subsection === undefined && key === 'proxy',
      );
      const isSet = entries.some(({ section, key, value }) => section === 'http' && key === 'proxy' && value !== '');
      return own ? [told(own.file, own.line, isSet)] : [];
    }),
    ...scripts(picture).flatMap((lines) => {
      const own = lines.find(({ text }) => SETS_HTTPS.test(text));
      return own
        ? [
            told(
              own.file,
              own.line,
              lines.some(({ text }) => SETS_HTTP.test(text)),
            ),
          ]
        : [];
    }),
  ],
};

const told = (file: string, line: number, isSet: boolean) =>
  ({
    file,
    line,
    at: 'https',
    severity: isSet ? 'note' : 'error',
    says: `git has no https.proxy and ignores it; ${isSet ? 'http.proxy, which is set besides, counts for https URLs, too' : 'http.proxy, which counts for https URLs, too, is not set here'}.`,
    remedy: { says: isSet ? 'Leave it out.' : 'Set http.proxy instead.' },
  }) as const;

/** Each hook and each job's script as a whole. */
const scripts = (picture: Picture): readonly (readonly ScriptLine[])[] => [
  ...picture.runners.flatMap(({ hooks }) => hooks.map(({ file, line, script }) => [{ file, line, text: script }])),
  ...picture.all('ci').flatMap(({ jobs }) => jobs.map(({ script }) => script)),
];
