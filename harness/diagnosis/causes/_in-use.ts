import type { Picture, Scope, Setting } from '../picture/picture.ts';

/** Images that people build upon with apt. */
const WITH_APT = /(?:^|\/)(?:debian|ubuntu|buildpack-deps)(?::|@|$)/i;
const ASKS_BY_HTTP = /(?:^|[\s;&|(])(?:curl|git|php|wget)\s[^|;&]*?\bhttp:\/\/([\w.-]+)/;
const APT = /(?:^|[\s;&|(])apt(?:-get)?\s+(?:-\S+\s+)*(?:update|install|upgrade|dist-upgrade)\b/;
const WGET = /(?:^|[\s;&|(])wget\s/;

/** What jobs with a scope's variables run: scripts, and what traces show of them. */
export function commandsOf(picture: Picture, scope: Scope): readonly string[] {
  const jobs = picture.all('ci').flatMap((document) => document.jobs);
  const own = scope.of === 'ci' && scope.job !== undefined ? jobs.filter(({ name }) => name === scope.job) : jobs;
  const hooks = scope.of === 'jobs' ? scope.runner.hooks.map(({ script }) => script) : [];
  const traced = picture.lines.flatMap(({ text }) => /^\s*(?:\$|#\d+ \[.*\] RUN) (.+)/.exec(text)?.[1] ?? []);
  return [...own.flatMap(({ script }) => script.map(({ text }) => text)), ...hooks, ...traced];
}

/** Whether jobs use wget or apt, which read variables in lower case alone: by their commands or, where these are unknown, by their image. */
export function usesAptOrWget(picture: Picture, scope: Scope): boolean {
  const commands = commandsOf(picture, scope);
  if (commands.some((text) => APT.test(text) || WGET.test(text))) return true;
  if (picture.all('ci').length > 0 || scope.of !== 'jobs') return false;
  return WITH_APT.test(scope.runner.image ?? '');
}

/** Whether jobs ask for anything by http with a client that reads http_proxy in lower case alone. */
export function asksByHttp(picture: Picture, scope: Scope, settings: readonly Setting[]): boolean {
  if (usesAptOrWget(picture, scope)) return true;
  const asked = commandsOf(picture, scope).flatMap((text) => ASKS_BY_HTTP.exec(text)?.[1] ?? []);
  const runners = scope.of === 'jobs' ? [scope.runner] : picture.runners;
  const cloned = runners.flatMap(({ url }) => /^http:\/\/(?:[^/@]*@)?([\w.-]+)/i.exec(url ?? '')?.[1] ?? []);
  return [...asked, ...cloned].some((host) => !/^(?:localhost|127\.)/.test(host) && !picture.excepts(settings, host));
}

/** Hosts that jobs ask for with something other than Go's programs: GitLab's, as git clones from there, and those in their commands. */
export function hostsOfOthers(picture: Picture, scope: Scope): readonly string[] {
  const asked = commandsOf(picture, scope)
    .filter((text) => !/(?:^|[\s;&|(])(?:docker|crane|helm|kubectl|go)\s/.test(text))
    .flatMap((text) => [...text.matchAll(/\bhttps?:\/\/(?:[^\s/@]*@)?([\w.-]+)/gi)].map(([, host = '']) => host));
  return [...picture.gitlabHosts, ...asked].map((host) => host.toLowerCase());
}
