import type { Place } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import { firstOf as first } from '../_first.ts';
import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';

export const sshNotProxiedCause: Cause = {
  id: 'git/ssh-not-proxied',
  severity: 'error',
  title: 'A submodule or remote is fetched by ssh, which reads no proxy variable.',
  seen: '“ssh: connect to host … port 22” that timed out or was refused, or .gitmodules with git@ or ssh:// of an external host beside proxies for jobs. Not with ProxyCommand, insteadOf or GIT_SUBMODULE_FORCE_HTTPS.',
  fix: 'An https URL, url.insteadOf, GIT_SUBMODULE_FORCE_HTTPS, or ProxyCommand.',
  symptoms: ['ssh: connect to host port 22: Connection timed out', 'submodule clone hangs'],
  find: (picture) => {
    if (isSolved(picture)) return [];
    const remotes = sshRemotes(picture);
    const remedy =
      'Use the https URL (or a relative one), GIT_SUBMODULE_FORCE_HTTPS: "true", url.insteadOf, or ProxyCommand in the ssh configuration.';
    const failures = failuresOfKind(picture, 'ssh').filter(
      ({ phase, text }) => phase === undefined || phase === 'sources' || /22/.test(text),
    );
    const logged = firstOf(failures, ({ peer }) => peer?.host ?? '').map((failure) => {
      const host = failure.peer?.host ?? '';
      const remote = remotes.find((each) => each.host === host);
      const says = `git goes to ${host} by ssh, which reads no proxy variable, and finds no way there${remote ? ` (${failure.file}:${failure.line})` : ''}.`;
      return remote
        ? { ...onLine(failure, says, remedy), file: remote.file, line: remote.line }
        : onLine(failure, says, remedy);
    });
    const hosts = new Set(failures.map(({ peer }) => peer?.host));
    const behind = picture.settings.some(
      ({ variable, scope }) => variable !== 'NO_PROXY' && (scope.of === 'jobs' || scope.of === 'ci'),
    );
    const written = remotes
      .filter(({ host }) => behind && !hosts.has(host) && !picture.isInternal(host))
      .map(({ file, line, host }) => ({
        file,
        line,
        says: `This submodule comes from ${host} by ssh, which reads no proxy variable, while jobs go out through a proxy.`,
        remedy: { says: remedy },
      }));
    return first([...logged, ...written], ({ file, line }) => `${file}:${line}`);
  },
};

function sshRemotes(picture: Picture): readonly (Place & { readonly host: string })[] {
  return picture.all('tool').flatMap(({ tool, entries }) =>
    entries.flatMap(({ key, value, file, line }) => {
      if (tool !== 'gitmodules' || !/url$/i.test(key)) return [];
      const host = /^(?:ssh:\/\/(?:[^@/]*@)?([^:/]+)|(?:[\w.-]+@)([^:/]+):)/.exec(value);
      const name = host?.[1] ?? host?.[2];
      return name === undefined ? [] : [{ file, line, host: name.toLowerCase() }];
    }),
  );
}

/** ssh has a way through the proxy, or git is told to use https. */
function isSolved(picture: Picture): boolean {
  const isForced = [
    ...picture.runners.flatMap(({ environment }) => environment),
    ...picture.all('ci').flatMap(({ variables, jobs }) => [...variables, ...jobs.flatMap((job) => job.variables)]),
  ].some(({ name, value }) => name === 'GIT_SUBMODULE_FORCE_HTTPS' && /^(?:true|1|yes)$/i.test(value));
  const isGiven = picture
    .all('tool')
    .some(({ tool, entries }) => tool === 'ssh' && entries.some(({ key }) => /^proxy(?:command|jump)$/i.test(key)));
  const isRewritten = picture
    .all('git-config')
    .some(({ entries }) => entries.some(({ section, key }) => section === 'url' && /^insteadof$/i.test(key)));
  return (
    isForced ||
    isGiven ||
    isRewritten ||
    picture.documents.some(({ piece: { text } }) => text.length < 2 ** 20 && /insteadOf|ProxyCommand/.test(text))
  );
}
