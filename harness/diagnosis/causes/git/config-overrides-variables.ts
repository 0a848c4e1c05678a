import { splitUrl } from '../../../url/index.ts';
import { failuresOfKind } from '../_log.ts';
import type { Cause } from '../cause.ts';

const LOCAL = /^(?:localhost|127\.|\[?::1|172\.(?:1[6-9]|2\d|3[01])\.)/;

export const configOverridesVariablesCause: Cause = {
  id: 'git/config-overrides-variables',
  severity: 'error',
  title: "http.proxy in git's configuration wins over the variables, and names another proxy.",
  seen: 'http.proxy of .gitconfig or /etc/gitconfig with another host or port than the variables have, or a log that names the old host. Not the same value, not http.<url>.proxy, not the file of a host whose jobs run in containers.',
  fix: 'Remove http.proxy, or give it the same value.',
  symptoms: ['git uses the old proxy', 'Could not resolve proxy'],
  find: (picture) => {
    const others = picture.proxies.filter(
      ({ setting: { scope, effective, variable } }) => effective && scope.of !== 'git' && variable !== 'FTP_PROXY',
    );
    const failed = failuresOfKind(picture, 'proxy-unreachable', 'proxy-name', 'direct');
    const contained = picture.runners.length > 0 && picture.runners.every((each) => each.contained);
    return picture.all('git-config').flatMap(({ entries }) =>
      entries.flatMap(({ section, subsection, key, value, file, line }) => {
        if (section !== 'http' || key.toLowerCase() !== 'proxy' || subsection !== undefined || value.trim() === '')
          return [];
        if (/\$/.test(value) || others.length === 0) return [];
        const { host, port } = splitUrl(value.trim());
        const isSame = others.some(
          (each) =>
            String(each.port ?? '') === (port ?? '') &&
            (each.host === host.toLowerCase() || (LOCAL.test(each.host) && LOCAL.test(host))),
        );
        const isLogged = failed.some(({ peer }) => peer?.host === host.toLowerCase());
        if (isSame || (contained && !isLogged)) return [];
        const [other] = others;
        return [
          {
            file,
            line,
            at: host,
            says: `git uses the proxy ${host}${port === undefined ? '' : `:${port}`} of this line, whatever the variables say: ${other?.file}:${other?.line} names ${other?.host}${other?.port === undefined ? '' : `:${other.port}`}.`,
            remedy: {
              says: 'Remove http.proxy here (git config --global --unset http.proxy), or give it the same value.',
            },
          },
        ];
      }),
    );
  },
};
