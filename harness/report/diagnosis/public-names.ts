import type { Diagnosis } from '../../diagnosis/index.ts';

/** Names of programs, their units and files. Nobody's secret, even where somebody's password is the same: to hide them would hide every path. */
const WELL_KNOWN = [
  'cntlm',
  'containerd',
  'docker',
  'dockerd',
  'docker-compose',
  'gitlab',
  'gitlab-ci',
  'gitlab-runner',
  'kubernetes',
  'minio',
  'proxy',
  'registry',
  'root',
  'runner',
  'squid',
  'systemd',
] as const;

/**
 * What a customer's files name in the open: parts of paths, hosts, services and programs, in lower case. A value that is one of them is hidden
 * where it stands as a password, and nowhere else.
 */
export function publicNames({ picture }: Diagnosis): ReadonlySet<string> {
  const paths = picture.documents.flatMap(({ piece }) => [...parts(piece.file), ...parts(piece.path)]);
  const units = picture.documents.flatMap((each) => (each.kind === 'unit' && each.unit ? [each.unit] : []));
  const caches = picture.runners.flatMap(({ cache }) => cache?.serverAddress?.replace(/:\d+$/, '') ?? []);
  const hosts = [...picture.gitlabHosts, ...caches].filter((host) => /^[\w-]+(?:\.[\w-]+)+$/.test(host));
  return new Set([...WELL_KNOWN, ...paths, ...units, ...hosts].map((each) => each.toLowerCase()));
}

/** The names in a path, with their endings and without. */
const parts = (path: string): readonly string[] =>
  path.split('/').flatMap((part) => [part, part.replace(/\.\w+(?:\.d)?$/, '')]);
