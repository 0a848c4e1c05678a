import type { SemVer } from 'semver';
import { getSourcesHookName, isAtLeast } from '../../profile/index.ts';
import type { RunnerConfig } from '../subject.ts';
import { RUNNER_NAME, type RunnerPlace } from './place.ts';

/** Every command logs in JSON, from its first line on. */
const GLOBAL = ['--log-format', 'json'];

export const runArguments = (place: RunnerPlace): string[] => [
  ...GLOBAL,
  'run',
  '--config',
  place.configFile,
  '--working-directory',
  place.dir,
];

export const verifyArguments = (place: RunnerPlace): string[] => [
  ...GLOBAL,
  'verify',
  '--config',
  place.configFile,
  '--name',
  RUNNER_NAME,
];

export const unregisterArguments = (place: RunnerPlace): string[] => [
  ...GLOBAL,
  'unregister',
  '--config',
  place.configFile,
  '--name',
  RUNNER_NAME,
];

/** From 15.10 on, a token that GitLab made for a new runner is verified instead of registered. */
export function registerArguments(
  place: RunnerPlace,
  config: RunnerConfig,
  registrationToken: string,
  version: SemVer | undefined,
): string[] {
  const isRunnerToken = registrationToken.startsWith('glrt-') && isAtLeast(version, '15.10.0');
  return [
    ...GLOBAL,
    'register',
    '--non-interactive',
    '--config',
    place.configFile,
    isRunnerToken ? '--token' : '--registration-token',
    registrationToken,
    ...runnerArguments(place, config),
  ];
}

export function runSingleArguments(place: RunnerPlace, config: RunnerConfig, version: SemVer | undefined): string[] {
  const hook = `--${getSourcesHookName(version).replaceAll('_', '-')}`;
  return [
    ...GLOBAL,
    'run-single',
    '--token',
    config.token,
    ...runnerArguments(place, config),
    ...(config.environment ?? []).flatMap((entry) => ['--env', entry]),
    ...(config.getSourcesHook === undefined ? [] : [hook, config.getSourcesHook]),
  ];
}

const runnerArguments = (place: RunnerPlace, config: RunnerConfig): string[] => [
  '--url',
  config.url,
  '--name',
  RUNNER_NAME,
  '--executor',
  'shell',
  '--shell',
  'bash',
  '--builds-dir',
  place.buildsDir,
  '--cache-dir',
  place.cacheDir,
  ...(place.caFile === undefined ? [] : ['--tls-ca-file', place.caFile]),
  ...(config.clientCertificate
    ? ['--tls-cert-file', config.clientCertificate.certFile, '--tls-key-file', config.clientCertificate.keyFile]
    : []),
];
