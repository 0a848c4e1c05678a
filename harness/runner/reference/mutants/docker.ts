import { percentDecodeBytes } from '../../../url/index.ts';
import { loginFor } from '../docker/registry-login.ts';
import type { Variables } from '../job/environment.ts';
import { expand } from '../job/environment.ts';
import type { ContainerRole, DockerPolicy } from '../policies/docker-policy.ts';
import { jobFault } from './job-fault.ts';
import type { Mutant } from './mutant.ts';

const dockerFault = (name: string, says: string, change: Partial<DockerPolicy>): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, docker: { ...honest.docker, ...change } }),
});

const LOWER = /^(https?|no|all)_proxy$/;
const UPPER = /^(HTTPS?|NO|ALL)_PROXY$/;

/** Leaves variables out of containers. */
const without =
  (name: RegExp, ...roles: readonly ContainerRole[]) =>
  (role: ContainerRole, variables: Variables): Variables =>
    roles.includes(role) ? new Map([...variables].filter(([key]) => !name.test(key))) : variables;

/** Changes every value. */
const changed =
  (change: (value: string) => string): DockerPolicy['environment'] =>
  (_, variables) =>
    new Map([...variables].map(([key, value]) => [key, change(value)]));

const PROXY = new RegExp(`${LOWER.source}|${UPPER.source}`);
const EVERYWHERE = ['build', 'helper', 'service'] as const;

/** What an escaped quotation mark becomes where a level of escaping is taken off too many. */
const unescaped = (line: string): string => line.replaceAll('\\"', '"');

type Moved = Parameters<DockerPolicy['spoils']>[0];

/** Leaves out of an archive what a line of shell names, whatever its name in the archive is. @param lists prints names */
const archiveLacks =
  (of: Moved, lists: (archive: string) => string): DockerPolicy['spoils'] =>
  (what, archive) =>
    what === of
      ? [`${lists(archive)} | while read -r each; do zip -q -d ${archive} "$each" >/dev/null || true; done`]
      : [];

const named = (pattern: string) => (archive: string) => `unzip -Z1 ${archive} | grep ${pattern}`;
const HIDDEN = named("'/\\.[^/]*$'");
const WITH_BLANK = named("'[ ]'");
const EMPTY = (): string => `find "\${files[@]}" -type f -empty`;

const firstPathOf =
  (of: Moved): DockerPolicy['packs'] =>
  (what, paths) =>
    what === of ? paths.slice(0, 1) : paths;

/** Names the proxies of http and https for each other. */
const SWAPPED: Readonly<Record<string, string>> = {
  http_proxy: 'https_proxy',
  https_proxy: 'http_proxy',
  HTTP_PROXY: 'HTTPS_PROXY',
  HTTPS_PROXY: 'HTTP_PROXY',
};

/** Faults of the Docker executor. */
export const dockerMutants: readonly Mutant[] = [
  dockerFault('docker-omits-lower-case', 'Containers do not get the lower-case proxy variables of config.toml.', {
    environment: without(LOWER, ...EVERYWHERE),
  }),
  dockerFault('docker-omits-upper-case', 'Containers do not get the upper-case proxy variables of config.toml.', {
    environment: without(UPPER, ...EVERYWHERE),
  }),
  dockerFault('docker-omits-helper', 'The helper container does not get the proxy variables of config.toml.', {
    environment: without(PROXY, 'helper'),
  }),
  dockerFault('docker-omits-build', 'The build container does not get the proxy variables of config.toml.', {
    environment: without(PROXY, 'build'),
  }),
  // The daemon of a docker-in-docker service then has no proxy.
  dockerFault('docker-omits-services', 'Service containers do not get the proxy variables of config.toml.', {
    environment: without(PROXY, 'service'),
  }),
  dockerFault('docker-omits-job-services', 'Services that a job names do not get the proxy variables of config.toml.', {
    environment: (role, variables, namedIn) =>
      namedIn === 'job' ? without(PROXY, 'service')(role, variables) : variables,
  }),
  dockerFault('docker-omits-volumes', 'Volumes of config.toml are not mounted.', { volumes: () => [] }),
  dockerFault(
    'docker-skips-helper-entrypoint',
    "The helper starts without its image's entrypoint, so a certificate that is mounted is not taken in.",
    { keepsHelperEntrypoint: false },
  ),
  dockerFault('docker-hook-in-build', 'The hook of the get-sources step runs in the build container.', {
    hookIn: 'build',
  }),
  dockerFault('docker-expands-twice', 'A dollar sign in a value of config.toml is expanded even when it is escaped.', {
    environment: (_, variables) => new Map([...variables].map(([key, value]) => [key, expand(value, variables)])),
  }),
  dockerFault('docker-cuts-values-at-equals', 'A value of config.toml ends before the equals sign in it.', {
    environment: changed((value) => value.replace(/=.*/s, '')),
  }),
  dockerFault('docker-decodes-values', 'Values of config.toml are percent-decoded.', {
    environment: changed((value) => percentDecodeBytes(value).toString('utf8')),
  }),
  dockerFault('docker-ignores-network-per-build', 'FF_NETWORK_PER_BUILD is ignored.', { networkPerBuild: () => false }),
  dockerFault('docker-omits-aliases', 'Services are known by the names of their images alone, not by their aliases.', {
    aliases: (names) => names,
  }),
  dockerFault('docker-leaks-own-environment', "The runner's own environment is handed on to containers.", {
    inherited: (env) => env,
  }),
  dockerFault('docker-shows-token', "The runner's token is in the labels of containers, which docker inspect shows.", {
    labels: ({ token }, usual) => ({ ...usual, 'com.gitlab.gitlab-runner.runner.token': token }),
  }),
  // A runner cannot make the daemon go around its proxy, but it can go to the registry itself, as those do that check or
  // fetch images without a daemon.
  dockerFault(
    'docker-asks-registry-directly',
    'Before the daemon pulls an image, the runner itself asks the registry for it, and without the proxy.',
    { asksRegistry: true },
  ),
  dockerFault('docker-never-pulls', 'Whatever the pull policy, an image that the engine lacks is not pulled.', {
    pulls: () => 'never',
  }),
  dockerFault(
    'docker-blames-image',
    'Whatever the engine says of a pull that failed, the image is said to be missing.',
    {
      explains: () => 'manifest unknown',
    },
  ),
  dockerFault('docker-shows-any-login', 'Where no login is for the registry of an image, it is shown another one.', {
    loginFor: (image, known) => loginFor(image, known) ?? [...known.values()][0],
  }),
  dockerFault('docker-probes-by-proxy', "Whether a service is up is asked through the job's proxy.", {
    probesBy: 'proxy',
  }),
  dockerFault('docker-artifacts-direct', 'The helper container moves artifacts without the proxy.', {
    transfersByProxy: (what) => what !== 'artifacts',
  }),
  dockerFault('docker-cache-direct', 'The helper container moves caches without the proxy.', {
    transfersByProxy: (what) => what !== 'cache',
  }),
  dockerFault('docker-artifacts-retry-directly', 'Artifacts that the proxy fails are moved without it.', {
    retriesDirectly: (what) => what === 'artifacts',
  }),
  dockerFault('docker-cache-retries-directly', 'A cache that the proxy fails is moved without it.', {
    retriesDirectly: (what) => what === 'cache',
  }),
  dockerFault(
    'shows-job-token-to-storage',
    "The job's token is shown to the object storage that a download is sent to.",
    {
      tokenFor: 'anybody',
    },
  ),
  dockerFault('shows-presigned-url', 'The trace shows the signed URL at which a cache is got or kept.', {
    printsUrls: true,
  }),
  dockerFault('uploads-other-artifacts', 'Artifacts are uploaded with other content, of the same length.', {
    spoils: (what, archive) =>
      what === 'artifacts' ? [`printf proxyproof | dd of=${archive} bs=1 seek=2000 conv=notrunc status=none`] : [],
  }),
  dockerFault('uploads-zeros-as-cache', "A cache's archive has its length, and nothing but zeros in it.", {
    spoils: (what, archive) =>
      what === 'cache' ? [`dd if=/dev/zero of=${archive} bs=$(stat -c %s ${archive}) count=1 status=none`] : [],
  }),
  dockerFault('cache-lacks-hidden-files', "Files whose names begin with a dot are left out of a cache's archive.", {
    spoils: archiveLacks('cache', HIDDEN),
  }),
  dockerFault('cache-lacks-empty-files', "Empty files are left out of a cache's archive.", {
    spoils: archiveLacks('cache', EMPTY),
  }),
  dockerFault('cache-lacks-names-with-blanks', "Files whose names have a blank are left out of a cache's archive.", {
    spoils: archiveLacks('cache', WITH_BLANK),
  }),
  dockerFault('caches-first-path-only', 'Of the paths of a cache only the first is kept.', {
    packs: firstPathOf('cache'),
  }),
  dockerFault('artifacts-lack-hidden-files', 'Files whose names begin with a dot are left out of artifacts.', {
    spoils: archiveLacks('artifacts', HIDDEN),
  }),
  dockerFault('artifacts-lack-empty-files', 'Empty files are left out of artifacts.', {
    spoils: archiveLacks('artifacts', EMPTY),
  }),
  dockerFault('artifacts-lack-names-with-blanks', 'Files whose names have a blank are left out of artifacts.', {
    spoils: archiveLacks('artifacts', WITH_BLANK),
  }),
  dockerFault('uploads-first-path-only', 'Of the paths of artifacts only the first is uploaded.', {
    packs: firstPathOf('artifacts'),
  }),
  dockerFault('uploads-twice', 'Artifacts that GitLab has taken are sent once more.', { uploadsTimes: 2 }),
  dockerFault('cuts-cache-keys', 'Of the key of a cache eight characters count, so two keys may be one.', {
    cachesAs: (key) => key.slice(0, 8),
  }),
  dockerFault('docker-shows-cache-secret', "The secret key of the cache's bucket is in the labels of containers.", {
    labels: ({ cache }, usual) => ({
      ...usual,
      ...(cache ? { 'com.gitlab.gitlab-runner.cache': cache.secretKey } : {}),
    }),
  }),
  dockerFault(
    'unpacks-cut-artifacts',
    'Artifacts that came in part are unpacked as far as they go, and that will do.',
    {
      unpacks: (command) => `${command} || true`,
    },
  ),
  dockerFault('keeps-files-over-artifacts', 'Artifacts do not replace files of the same name that are there.', {
    unpacks: (command) => command.replace('unzip -q -o', 'unzip -q -n'),
  }),
  dockerFault('keeps-cache-once', 'A cache that a job was given is not kept again, whatever the job has made of it.', {
    keepsAgain: false,
  }),
  dockerFault('helper-takes-any-certificate', 'The helper container looks at no certificate.', { verifies: false }),
  dockerFault('fails-job-without-cache', 'A job fails whose cache cannot be kept.', { keepsOrFails: true }),
  dockerFault('docker-swaps-proxies', 'The helper has the proxy for https as that for http, and the other way round.', {
    environment: (role, variables) =>
      role === 'helper'
        ? new Map([...variables].map(([key, value]) => [key, variables.get(SWAPPED[key] ?? key) ?? value]))
        : variables,
  }),
  jobFault('docker-omits-after-script', 'The after_script does not get the proxy variables of config.toml.', {
    writes: (line, of) =>
      of === 'after_script' ? `unset http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY\n${line}` : line,
  }),
  jobFault('unescapes-pre-build-script', 'Escaped quotation marks in pre_build_script lose their backslash.', {
    writes: (line, of) => (of === 'pre_build_script' ? unescaped(line) : line),
  }),
  jobFault(
    'unescapes-script',
    "Escaped quotation marks in the job's script lose their backslash, those of before_script included.",
    { writes: (line, of) => (of !== 'pre_build_script' ? unescaped(line) : line) },
  ),
];
