import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import {
  type GetSourcesHookName,
  getSourcesHookNames,
  type ProfileName,
  profileOf,
  releaseOf,
} from '../../../profile/index.ts';
import type { RunnerConfig } from '../../subject.ts';

const strings = z.array(z.string());

const service = z.object({
  name: z.string(),
  alias: z.string().optional(),
  command: strings.optional(),
  entrypoint: strings.optional(),
  environment: strings.optional(),
});

const pullPolicy = z.enum(['always', 'if-not-present', 'never']);

const docker = z.object({
  host: z.string().default('unix:///var/run/docker.sock'),
  image: z.string(),
  helper_image: z.string(),
  privileged: z.boolean().optional(),
  pull_policy: z.union([pullPolicy, z.array(pullPolicy).min(1)]).optional(),
  services: z.array(service).optional(),
  extra_hosts: strings.optional(),
  volumes: strings.optional(),
  wait_for_services_timeout: z.number().optional(),
});

/** Every name that some version has for the get-sources hook. */
const hookKeys = {
  pre_clone_script: z.string().optional(),
  pre_get_sources_script: z.string().optional(),
} satisfies Record<GetSourcesHookName, z.ZodType>;

const runner = z.object({
  url: z.string(),
  token: z.string(),
  executor: z.enum(['docker', 'shell']),
  environment: strings.optional(),
  ...hookKeys,
  pre_build_script: z.string().optional(),
  'tls-ca-file': z.string().optional(),
  'tls-cert-file': z.string().optional(),
  'tls-key-file': z.string().optional(),
  feature_flags: z.object({ FF_NETWORK_PER_BUILD: z.boolean().optional() }).optional(),
  docker: docker.optional(),
});

const file = z.object({
  concurrent: z.number().default(1),
  check_interval: z.number().default(0),
  runners: z.array(runner).default([]),
});

/** A value without the keys that hold nothing: what a file does not say is left out of a configuration. */
type Said<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const said = <T extends object>(values: T): Said<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Said<T>;

/**
 * Reads the first `[[runners]]` section of a config.toml. As each version does, it knows the get-sources hook by the
 * names alone that its version understands.
 * @param env the environment of the runner's own process
 * @returns undefined when there is no such section yet
 * @throws Error when the file cannot be read or is no config.toml
 */
export async function readRunnerConfig(
  path: string,
  profile: ProfileName,
  env: Readonly<Record<string, string>>,
): Promise<RunnerConfig | undefined> {
  const { concurrent, check_interval, runners } = file.parse(parse(await readFile(path, 'utf8')));
  const [section] = runners;
  if (!section) return undefined;
  const { url, token, environment, pre_build_script: preBuildScript } = section;
  const getSourcesHook = hooksOf(profile)
    .map((name) => section[name])
    .find((script) => script !== undefined);
  const { 'tls-ca-file': caFile, 'tls-cert-file': certFile, 'tls-key-file': keyFile } = section;
  return {
    url,
    token,
    env,
    concurrent,
    checkInterval: check_interval,
    certsDir: join(dirname(path), 'certs'),
    ...said({
      environment,
      getSourcesHook,
      preBuildScript,
      caFile,
      clientCertificate: certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined,
      docker: section.executor === 'docker' && section.docker ? dockerConfig(section.docker, section) : undefined,
    }),
  };
}

function dockerConfig(
  { host, image, ...from }: z.infer<typeof docker>,
  { feature_flags: flags }: z.infer<typeof runner>,
): NonNullable<RunnerConfig['docker']> {
  return {
    host,
    image,
    helperImage: from.helper_image,
    ...said({
      privileged: from.privileged,
      // Of several the first is taken: the others are for when it fails.
      pullPolicy: [from.pull_policy].flat()[0],
      services: from.services?.map(({ name, ...rest }) => ({ name, ...said(rest) })),
      extraHosts: from.extra_hosts,
      volumes: from.volumes,
      networkPerBuild: flags?.FF_NETWORK_PER_BUILD,
      waitForServicesSeconds: from.wait_for_services_timeout,
    }),
  };
}

const hooksOf = (profile: ProfileName): readonly GetSourcesHookName[] =>
  getSourcesHookNames(releaseOf(profileOf(profile).reference.version));
