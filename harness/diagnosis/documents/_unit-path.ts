/** Directories that hold units or drop-ins, below those of systemd. */
const IN_SYSTEMD = /(?:^|\/)systemd\/(?:system|user)\//;
const DROP_IN_DIRECTORY = /(?:^|\/)([\w@:.\\-]+)\.d\/[^/]+$/;

/** Whether a file lies where units and drop-ins do, or where people put one by mistake. */
export const isUnitPath = (path: string): boolean =>
  /\.service$/.test(path) ||
  /\.service(?:\.conf)?\.d\//.test(path) ||
  /(?:^|\/)(?:service|docker|gitlab-runner|containerd)\.d\/[^/]*$/.test(path) ||
  IN_SYSTEMD.test(path) ||
  /(?:^|\/)systemd\/system\.conf(?:\.d\/|$)/.test(path);

/**
 * The unit that a file is of by its path.
 * @returns such as `docker.service`; of a directory that no unit looks into the unit that is meant; undefined where nothing tells
 */
export function unitOfPath(path: string): string | undefined {
  const known = /(?:^|\/)([\w@:.\\-]+\.service)(?:(?:\.conf)?\.d\/|$)/.exec(path)?.[1];
  if (known !== undefined) return known;
  const base = path.split('/').at(-1) ?? '';
  const flat = /(?:^|[_.-])(docker|gitlab-runner|containerd|cntlm)\.service[._-]/.exec(base)?.[1];
  const directory = /(?:^|\/)(docker|gitlab-runner|containerd|cntlm)(?:\.d|\.conf\.d)?\/[^/]+$/.exec(path)?.[1];
  const named = /^(docker|gitlab-runner|containerd|cntlm)\b/.exec(base)?.[1];
  const found = flat ?? directory ?? named;
  return found === undefined ? undefined : `${found}.service`;
}

/** The unit that a text is of, by the program it starts or a comment that names it. */
export function unitOfText(text: string): string | undefined {
  const started = /^[ \t]*ExecStart\s*=\s*\S*\/(dockerd|docker|gitlab-runner|containerd|cntlm)\b/m.exec(text)?.[1];
  if (started !== undefined) return started === 'dockerd' ? 'docker.service' : `${started}.service`;
  const told = /^[ \t]*[#;].*?\b(docker|gitlab-runner|containerd|cntlm)\.service\b/m.exec(text)?.[1];
  return told === undefined ? undefined : `${told}.service`;
}

/** Whether systemd reads a drop-in or unit of this path; undefined where the path does not tell. */
export function isReadBySystemd(path: string): boolean | undefined {
  if (/(?:^|\/)(?:system|user)\.conf(?:\.d\/[^/]+\.conf)?$/.test(path)) return true;
  const inSystemd = IN_SYSTEMD.exec(path);
  const directory = DROP_IN_DIRECTORY.exec(path)?.[1];
  if (inSystemd) {
    const rest = path.slice(inSystemd.index + inSystemd[0].length);
    if (/^[^/]+\.(?:service|socket|timer|target|mount|slice)$/.test(rest)) return true;
    return isUnitName(directory) && rest.split('/').length === 2 && rest.endsWith('.conf');
  }
  if (directory === undefined) {
    // Somewhere else in /etc no unit looks.
    if (/(?:^|\/)etc\/(?:docker|gitlab-runner|systemd)\/[^/]*(?:\/[^/]*)?$/.test(path)) return false;
    return /\.service$/.test(path) ? true : undefined;
  }
  if (!isUnitName(directory))
    return /^(?:docker|gitlab-runner|containerd)(?:\.service\.conf)?$/.test(directory) ? false : undefined;
  if (/(?:^|\/)etc\/(?:systemd\/)?[^/]+\.d\//.test(path)) return false;
  return path.endsWith('.conf');
}

const isUnitName = (name: string | undefined): boolean =>
  name !== undefined && /^(?:[\w@:.\\-]+\.)?(?:service|socket|timer|target|mount|slice)$|^[\w-]+-\.service$/.test(name);
