/** What a config.toml needs to work among stand-ins. */
export interface ConfigChanges {
  /** The token that the mock GitLab knows. */
  readonly token: string;
  readonly helperImage: string;
  /** Mounted into all containers of jobs. */
  readonly volumes: readonly string[];
  /** For a service that does not open its port, seconds. */
  readonly waitForServicesSeconds: number;
}

/** Keys of `[runners.docker]` that are set here, whatever theirs are. */
const REPLACED = /^[ \t]*(?:helper_image|helper_image_flavor|wait_for_services_timeout)[ \t]*=.*\n?/gim;
const TOKEN = /^([ \t]*token[ \t]*=[ \t]*)(?:"[^"\n]*"|'[^'\n]*')/gim;
const DOCKER_TABLE = /^[ \t]*\[runners\.docker\][^\n]*\n?/gim;
const VOLUMES = /^([ \t]*volumes[ \t]*=[ \t]*\[)/gim;

/**
 * A customer's config.toml with what the stand-ins need, and nothing else changed: the token, the helper's image, and what every
 * container is mounted. It is done line by line, so that what is wrong in the file stays wrong.
 */
export function withStandIns(text: string, changes: ConfigChanges): string {
  const { token, helperImage, volumes, waitForServicesSeconds } = changes;
  const mounts = volumes.map((each) => JSON.stringify(each)).join(', ');
  const own = [
    `    helper_image = ${JSON.stringify(helperImage)}`,
    `    wait_for_services_timeout = ${waitForServicesSeconds}`,
  ];
  const hasVolumes = VOLUMES.test(text);
  VOLUMES.lastIndex = 0;
  return text
    .replace(REPLACED, '')
    .replace(TOKEN, (_, before: string) => `${before}${JSON.stringify(token)}`)
    .replace(VOLUMES, (_, before: string) => `${before}${mounts}, `)
    .replace(DOCKER_TABLE, (header) =>
      [header.trimEnd(), ...own, ...(hasVolumes ? [] : [`    volumes = [${mounts}]`]), ''].join('\n'),
    );
}
