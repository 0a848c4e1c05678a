import { olderThan, runnerVersion } from '../_runner-version.ts';
import { lineOf } from '../_values.ts';
import type { Cause } from '../cause.ts';

const OLD = /^(pre|post)_clone_script$/;

export const hookRenamedCause: Cause = {
  id: 'config-toml/hook-renamed',
  severity: 'error',
  title: 'The hook has a name that gitlab-runner 17.0 and later do not know.',
  seen: 'pre_clone_script with a runner of 17.0 or later; a warning where the version is older or not known. Runners before 15.9 know no other name, and with the new name beside it nothing is wrong.',
  fix: 'Call it pre_get_sources_script.',
  symptoms: ['The clone goes direct since the runner was upgraded.'],
  find: (picture) => {
    const version = runnerVersion(picture);
    if (version !== undefined && olderThan(version, '15.9.0')) return [];
    const isGone = version !== undefined && !olderThan(version, '17.0.0');
    return picture.runners.flatMap(({ hooks, name: runner }) =>
      hooks.flatMap(({ key, file, line }) => {
        const [, when] = OLD.exec(key) ?? [];
        const renamed = `${when}_get_sources_script`;
        if (when === undefined || hooks.some((each) => each.key === renamed)) return [];
        const written = lineOf(picture, file, line);
        const to = written?.replace(/(?:pre|post)_clone_script/i, renamed);
        return [
          {
            severity: isGone ? 'error' : 'warning',
            file,
            line,
            at: written?.match(/\w+_clone_script/i)?.[0] ?? key,
            says: isGone
              ? `gitlab-runner ${version} no longer knows ${key}, and ignores it without a word: git gets nothing from it.`
              : `gitlab-runner 17.0 and later no longer know ${key}, and ignore it without a word; this one ${version === undefined ? 'may be of them' : `(${version}) still takes it`}.`,
            remedy: {
              says: `Call it ${renamed}, which runners from 15.9 on know.`,
              ...(to === undefined ? {} : { edits: [{ file, line, to }] }),
            },
            ...(picture.runners.length > 1 ? { runner } : {}),
          },
        ];
      }),
    );
  },
};
