import { failuresOfKind, firstOf, onLine, proxiesOfWho } from '../_log.ts';
import type { Cause } from '../cause.ts';

/** A correlation id that the runner made up itself, as no answer of GitLab's had one. */
const FALLBACK = /correlation_id=[0-9a-f]{32}\b/;

export const proxy403ReadAsGitlabCause: Cause = {
  id: 'auth/proxy-403-read-as-gitlab',
  severity: 'error',
  title: "GitLab is asked by plain http, and the proxy's 403 is taken for GitLab's: the runner is disabled.",
  seen: '“Checking for jobs... forbidden” with an http:// GitLab and a proxy of the service, or with a correlation id that the runner made up. With https it is GitLab’s own 403: the token.',
  fix: "Name GitLab in the service's NO_PROXY, have it allowed, or use https.",
  symptoms: ['Checking for jobs... forbidden', 'is unhealthy and will be disabled', 'check registration token'],
  find: (picture) =>
    firstOf(failuresOfKind(picture, 'poll-forbidden')).flatMap((failure) => {
      const urls = [
        ...picture.runners.flatMap(({ url }) => (url === undefined ? [] : [url])),
        ...picture.lines.flatMap(({ text, file }) =>
          file === failure.file && /unhealthy|not healthy|url=http|against http/.test(text)
            ? [/\bhttps?:\/\/[^\s"]+/.exec(text)?.[0] ?? '']
            : [],
        ),
      ].filter((url) => url !== '');
      if (urls.length > 0 ? !urls.some((url) => url.startsWith('http://')) : !FALLBACK.test(failure.text)) return [];
      const proxies = proxiesOfWho(picture, 'runner');
      const isGiven = picture.documents.some(({ kind }) => kind === 'unit' || kind === 'show');
      if (isGiven && proxies.length === 0 && !FALLBACK.test(failure.text)) return [];
      const host = urls
        .map((url) => /^http:\/\/(?:[^/@]*@)?([^/:]+)/.exec(url)?.[1])
        .find((each) => each !== undefined);
      // A GitLab that the service's list names was not asked through the proxy.
      if (host !== undefined && picture.excepts(picture.effective('service'), host)) return [];
      return [
        onLine(
          failure,
          "GitLab is asked by plain http, so this 403 may be the proxy's as well as GitLab's: the runner takes it for GitLab's, and is disabled for an hour.",
          "Name GitLab's host in NO_PROXY of gitlab-runner.service, or use https.",
        ),
      ];
    }),
};
