import { splitUrl } from '../../../url/index.ts';
import { failuresOfKind, firstOf, onLine, settingsOfWho } from '../_log.ts';
import type { Cause } from '../cause.ts';

export const userWithoutPasswordCause: Cause = {
  id: 'git/user-without-password',
  severity: 'error',
  title: "git's proxy has a user and no password, and git asks for it where nobody answers.",
  seen: "“could not read Password for 'http://user@proxy…': terminal prompts disabled”, or http.proxy with a user alone. Not a question for GitLab’s password.",
  fix: 'Write user:password, or give git a credential helper.',
  symptoms: ['could not read Password', 'terminal prompts disabled'],
  find: (picture) => {
    const remedy = 'Write user:password@ before the proxy, percent-encoded, or use cntlm without a user.';
    const inFiles = picture.all('git-config').flatMap(({ entries }) =>
      entries.flatMap(({ section, key, value, file, line }) => {
        if (section !== 'http' || key.toLowerCase() !== 'proxy' || !isUserAlone(value)) return [];
        return [
          {
            file,
            line,
            says: 'http.proxy has a user and no password: git asks for it, and nobody answers in a job.',
            remedy: { says: remedy },
          },
        ];
      }),
    );
    const inLogs = firstOf(failuresOfKind(picture, 'no-password')).flatMap((failure) => {
      const { host } = failure.peer ?? {};
      const known = picture.proxies.length > 0;
      // The password of GitLab itself is asked for in the same words.
      if (known ? !picture.proxies.some((each) => each.host === host) : picture.gitlabHosts.includes(host ?? ''))
        return [];
      if (inFiles.length > 0) return [];
      const setting = settingsOfWho(picture, 'git').find(({ value }) => isUserAlone(value));
      const says = `The proxy of git has a user and no password${setting ? ` (see ${failure.file}:${failure.line})` : ''}: git asks for it, and nobody answers in a job.`;
      return [
        setting
          ? { ...onLine(failure, says, remedy), file: setting.file, line: setting.line }
          : onLine(failure, says, remedy),
      ];
    });
    return [...inFiles, ...inLogs];
  },
};

function isUserAlone(value: string): boolean {
  const { userinfo } = splitUrl(value.trim());
  return userinfo !== undefined && userinfo !== '' && !userinfo.includes(':') && !userinfo.includes('$');
}
