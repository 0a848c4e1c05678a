import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Axis, AxisValues, Stage } from '../../conformance/authoring.ts';
import type { Ability, RunnerConfig } from '../../runner/subject.ts';
import { behindProxy } from '../running/behind-proxy.ts';

/**
 * Where the runner finds a CA: in the file that `tls-ca-file` names, in certs/HOST.crt beside config.toml, or in the
 * machine's store.
 */
export const caAxis = {
  values: ['tls-ca-file', 'certs-dir', 'store'],
  default: 'tls-ca-file',
} as const satisfies Axis;

/** One of the places, by {@link caAxis}. */
export type CaPlace = (typeof caAxis)['values'][number];

/** The place of a case. */
export const caPlaceOf = (axes: AxisValues): CaPlace =>
  caAxis.values.find((each) => each === axes['ca']) ?? 'tls-ca-file';

/** What the subject must be able to do to find a CA in the place of a case. */
export const caAbilities = (axes: AxisValues): readonly Ability[] =>
  caPlaceOf(axes) === 'certs-dir' ? ['certs-dir'] : ['custom-ca'];

/** A place where a CA was put. */
export interface PlacedCa {
  /** How the runner is configured that finds it there; GitLab's own CA is nowhere. */
  readonly config: RunnerConfig;
  /** Puts another one there. */
  readonly write: (pem: string) => Promise<void>;
}

/**
 * Puts a CA into a place, before the runner starts.
 * @param store what the machine's store has besides, as PEM
 */
export async function placeCa(
  stage: Pick<Stage, 'world'>,
  place: CaPlace,
  pem: string,
  store?: string,
): Promise<PlacedCa> {
  const { world } = stage;
  const certsDir = join(world.host.dir, 'certs-of-runner');
  await mkdir(certsDir, { recursive: true });
  const file = join(certsDir, place === 'certs-dir' ? `${new URL(world.gitlabUrl).hostname}.crt` : `${place}.pem`);
  const write = (content: string): Promise<void> => writeFile(file, content);
  await write(pem);
  if (place === 'store') return { config: withStore(withoutCa(stage), file), write };
  const storeFile = join(certsDir, 'store.pem');
  if (store !== undefined) await writeFile(storeFile, store);
  const config = store === undefined ? withoutCa(stage) : withStore(withoutCa(stage), storeFile);
  return { config: { ...config, ...(place === 'certs-dir' ? { certsDir } : { caFile: file }) }, write };
}

/** A runner behind the proxy, as the page has it, which is given no CA. */
export function withoutCa(stage: Pick<Stage, 'world'>): RunnerConfig {
  const { caPem: _, ...config } = behindProxy(stage);
  return config;
}

/**
 * Has a file be the machine's store for the runner's process and its children, by variables: Go's, that of Python's HTTP
 * library, and git's own setting for all hosts, which gives way to one for a single host as the store does.
 */
export function withStore(config: RunnerConfig, file: string): RunnerConfig {
  const count = Number(config.env['GIT_CONFIG_COUNT'] ?? 0);
  const forGit = {
    GIT_CONFIG_COUNT: String(count + 1),
    [`GIT_CONFIG_KEY_${count}`]: 'http.sslCAInfo',
    [`GIT_CONFIG_VALUE_${count}`]: file,
  };
  return { ...config, env: { ...config.env, ...forGit, SSL_CERT_FILE: file, REQUESTS_CA_BUNDLE: file } };
}

/** Puts the CA of the interceptor of now into a file of the runner's machine, to be mounted. @returns the file */
export async function interceptorFile(stage: Pick<Stage, 'world'>): Promise<string> {
  const file = join(stage.world.host.dir, 'interceptor.crt');
  await writeFile(file, interceptorCa(stage));
  return file;
}

/** The CA of the interceptor of now. @throws Error when the world's proxy opens no TLS */
export function interceptorCa({ world }: Pick<Stage, 'world'>): string {
  const { interceptor } = world.proxy;
  if (!interceptor) throw new Error('The proxy of this world opens no TLS: declare `intercepts`.');
  return interceptor.caPem;
}
