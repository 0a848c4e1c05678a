import type { Failure, Who } from '../failures/failure.ts';
import { failuresOf } from '../failures/failures.ts';
import type { Picture, ProxySeen, Scope, Setting } from '../picture/picture.ts';
import { firstOf as first } from './_first.ts';
import { keyWordsIn } from './_key-words.ts';
import type { Found, Remedy } from './cause.ts';

/** Failures of some kinds. */
export const failuresOfKind = (picture: Picture, ...kinds: readonly Failure['kind'][]): readonly Failure[] =>
  failuresOf(picture).filter(({ kind }) => kinds.includes(kind));

/** The first failure for each key: by default one of a log. */
export const firstOf = (
  failures: readonly Failure[],
  key: (failure: Failure) => string = ({ file }) => file,
): readonly Failure[] => first(failures, key);

/** By the host that was asked, whoever asked: one mistake of several logs. */
export const byHost = ({ target, file }: Failure): string => target?.host ?? file;

/** A finding on the failure's own line; what is marked there is what the program says of the failure, unless told. */
export function onLine(
  { file, line, text }: Failure,
  says: string,
  remedy: string | Remedy,
  at = keyWordsIn(text),
): Found {
  return {
    file,
    line,
    ...(at === undefined ? {} : { at }),
    says,
    remedy: typeof remedy === 'string' ? { says: remedy } : remedy,
  };
}

/**
 * Whether a scope's variables reach who failed.
 * @param inShell whether it failed in a shell of the host, which gets those of /etc/environment and profiles
 */
export function isScopeOf(who: Who, scope: Scope, inShell = false): boolean {
  if (inShell && scope.of === 'shell') return who === 'git' || who === 'tool' || who === 'register';
  switch (who) {
    case 'runner':
      return scope.of === 'service' && /^(?:gitlab-runner|)$/.test(scope.unit);
    case 'daemon':
      return scope.of === 'daemon-json' || (scope.of === 'service' && /^(?:docker|containerd|)$/.test(scope.unit));
    case 'register':
      return scope.of === 'shell' || scope.of === 'dump';
    case 'dind':
      return scope.of === 'jobs' || scope.of === 'ci' || scope.of === 'service-container';
    case 'git':
      return scope.of === 'jobs' || scope.of === 'ci' || scope.of === 'git' || scope.of === 'dump';
    case 'client':
      return true;
    default:
      return scope.of === 'jobs' || scope.of === 'ci' || scope.of === 'dump';
  }
}

/** The settings that who failed gets, as far as files tell. */
export const settingsOfWho = (picture: Picture, who: Who, inShell = false): readonly Setting[] =>
  picture.settings.filter(({ effective, scope }) => effective && isScopeOf(who, scope, inShell));

/** The proxies that who failed is given. */
export const proxiesOfWho = (picture: Picture, who: Who): readonly ProxySeen[] =>
  picture.proxies.filter(({ setting }) => setting.effective && isScopeOf(who, setting.scope));

/** Names in sentences. */
export const NAMES: Readonly<Record<Who, string>> = {
  runner: 'gitlab-runner',
  register: 'gitlab-runner register',
  daemon: 'dockerd',
  dind: 'dockerd of the dind service',
  'docker-cli': 'the docker CLI',
  git: 'git',
  helper: 'the helper',
  tool: 'a program of the job',
  client: 'a client',
};

/** A host with its port, where that is not the usual one. */
export const hostOfFailure = ({ target }: Failure): string =>
  target === undefined
    ? 'the target'
    : target.port === 443 || target.port === 80
      ? target.host
      : `${target.host}:${target.port}`;
