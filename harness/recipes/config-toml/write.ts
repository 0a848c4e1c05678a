import { stringify } from 'smol-toml';
import type { GetSourcesHookName } from '../../profile/index.ts';
import { type CacheSection, cacheTable } from './cache.ts';
import { type DockerSection, dockerTable } from './docker.ts';

/** One `[[runners]]` section, in the words of config.toml's own documentation. */
export interface ConfigTomlRunner {
  readonly name: string;
  readonly url: string;
  readonly token: string;
  /** Where the shell executor's jobs are built, and where their caches go: absolute paths. */
  readonly shell?: { readonly buildsDir: string; readonly cacheDir: string };
  /** With it the executor is Docker; one of both there must be. */
  readonly docker?: DockerSection;
  readonly cache?: CacheSection;
  /** What jobs get, as `NAME=value`; the runner expands `$NAME` in it. */
  readonly environment?: readonly string[];
  readonly getSourcesHook?: { readonly name: GetSourcesHookName; readonly script: string };
  /** Runs before the job's own script, in the build container. */
  readonly preBuildScript?: string;
  /** Path of the PEM file that GitLab's certificate is checked against. */
  readonly tlsCaFile?: string;
  /** Paths of the PEM files by which the runner says who it is to GitLab. */
  readonly clientCertificate?: { readonly certFile: string; readonly keyFile: string };
}

/** A config.toml of one runner. */
export interface ConfigToml {
  /** How many jobs at once. */
  readonly concurrent: number;
  /** Seconds between polls; the runner takes zero for its default of 3. */
  readonly checkInterval: number;
  readonly runner: ConfigTomlRunner;
}

/**
 * Writes a config.toml. It opens no port: neither `listen_address` nor `[session_server]`.
 * @throws RangeError when a number is not one that the runner would take
 */
export function configToml(config: ConfigToml): string {
  const { runner } = config;
  const { shell, docker } = runner;
  return stringify({
    concurrent: whole('concurrent', config.concurrent, 1),
    check_interval: whole('check_interval', config.checkInterval, 0),
    log_format: 'json',
    runners: [
      {
        name: runner.name,
        url: runner.url,
        token: runner.token,
        executor: docker ? 'docker' : 'shell',
        shell: 'bash',
        ...(shell ? { builds_dir: shell.buildsDir, cache_dir: shell.cacheDir } : {}),
        ...(runner.environment ? { environment: [...runner.environment] } : {}),
        ...(runner.getSourcesHook ? { [runner.getSourcesHook.name]: runner.getSourcesHook.script } : {}),
        ...(runner.preBuildScript === undefined ? {} : { pre_build_script: runner.preBuildScript }),
        ...(runner.tlsCaFile === undefined ? {} : { 'tls-ca-file': runner.tlsCaFile }),
        ...(runner.clientCertificate
          ? {
              'tls-cert-file': runner.clientCertificate.certFile,
              'tls-key-file': runner.clientCertificate.keyFile,
            }
          : {}),
        ...(docker?.networkPerBuild ? { feature_flags: { FF_NETWORK_PER_BUILD: true } } : {}),
        ...(docker ? { docker: dockerTable(docker) } : {}),
        ...(runner.cache ? { cache: cacheTable(runner.cache) } : {}),
      },
    ],
  });
}

function whole(key: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`${key} in config.toml is ${value}, but it must be a whole number of at least ${least}.`);
}
