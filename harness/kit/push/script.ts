/** What is said in the trace, for the judge to find. */
export const PUSH_SAYS = {
  versions: 'docker versions:',
  anonymous: 'pushed without a login',
  other: 'the image that came back is another one',
  pushed: /^push (done|given up) after (\d+) s$/,
  last: /^push said last: (.+)$/,
} as const;

const KIB = 1024;
const MIB = 1024 * KIB;

/** Sizes of an image's layers, in bytes: what a proxy or a registry would take for small, and for a stream. */
export const LAYER_SIZES: Readonly<Record<string, readonly number[]>> = {
  small: [KIB, MIB, 8 * MIB],
  '256MiB': [256 * MIB],
};

/** The tags that are pushed, by what builds the image. */
export const PUSHED_TAGS = ['classic', 'buildkit'] as const;

/** Logs in with the job's own credentials. */
export const registryLogin =
  'printf %s "$CI_REGISTRY_PASSWORD" | docker login --username "$CI_REGISTRY_USER" --password-stdin "$CI_REGISTRY"';

/** Lines that make a build context whose layers have these sizes, of bytes that do not compress. */
export function buildContext(sizes: readonly number[]): string[] {
  const names = sizes.map((_, index) => `layer-${index}`);
  return [
    'mkdir context',
    ...sizes.map((size, index) => `head --bytes ${size} /dev/urandom > context/${names[index]}`),
    `printf '%s\\n' 'FROM scratch' ${names.map((name) => `'COPY ${name} /'`).join(' ')} > context/Dockerfile`,
  ];
}

/** A line of a script that says which docker CLI and which daemon there are. */
export const showDockerVersions = `docker version --format '${PUSH_SAYS.versions} client {{.Client.Version}}, daemon {{.Server.Version}}'`;

const image = (tag: string): string => `"$CI_REGISTRY_IMAGE/app:${tag}"`;

/**
 * A line of a script that builds the context into an image. Which builder a CLI takes by itself depends on its version;
 * BuildKit keeps layers when their image is removed, so that nothing would come back.
 * @param tag of the image: the builder's name
 */
export const dockerBuild = (tag: (typeof PUSHED_TAGS)[number]): string =>
  `DOCKER_BUILDKIT=${tag === 'classic' ? 0 : 1} docker build --quiet --tag ${image(tag)} context`;

/** A line of a script that pushes an image; it fails the job where the push fails. @param tag of the image */
export const dockerPush = (tag: string): string => `docker push --quiet ${image(tag)}`;

/** Pushes, and says how that went: the job goes on in any case. */
export const reportedPush = (tag: string): string =>
  [
    'began=$SECONDS',
    `if docker push ${image(tag)} >push.log 2>&1; then how=done; else how='given up'; fi`,
    'echo "push $how after $((SECONDS - began)) s"',
    'echo "push said last: $(grep . push.log | tail --lines 1)"',
  ].join('\n');

/** Builds, tries to push before there is a login, logs in, pushes, takes the image away and pulls it. */
export function pushAndPull(sizes: readonly number[]): string[] {
  return [
    showDockerVersions,
    ...buildContext(sizes),
    dockerBuild('classic'),
    `if ${dockerPush('classic')}; then echo '${PUSH_SAYS.anonymous}'; fi`,
    registryLogin,
    dockerPush('classic'),
    ...comesBack('classic'),
  ];
}

/** The same image by the other builder, for as long as the CLI has it: later ones have it as a plugin. */
export const pushBuildkit: readonly string[] = [
  'export DOCKER_BUILDKIT=1',
  `if docker build --help >/dev/null 2>&1; then ${dockerBuild('buildkit')} && ${dockerPush('buildkit')}; fi`,
];

function comesBack(tag: string): string[] {
  const id = `docker image inspect --format '{{.Id}}' ${image(tag)}`;
  return [
    `before=$(${id})`,
    `docker image rm --force "$before" >/dev/null`,
    `docker pull --quiet ${image(tag)}`,
    `if [ "$before" != "$(${id})" ]; then echo '${PUSH_SAYS.other}'; exit 1; fi`,
  ];
}
