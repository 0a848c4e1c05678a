import { join } from 'node:path';
import {
  createEngine,
  type DataRoot,
  type DockerSpec,
  type Engine,
  makeDataRoot,
  type StartingImages,
  type StartProgram,
  type TrustedCertificate,
} from '../containers/index.ts';
import type { RegistrySpec } from '../containers/registry/spec.ts';
import type { EnginePrograms } from '../generations/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { ForwardProxy } from '../proxy/handle.ts';
import type { WorldNames } from './known-as.ts';
import { LOOPBACK } from './names.ts';
import type { OpenNamespace } from './open-namespace.ts';
import type { RunContext } from './run-context.ts';
import { startProcess } from './start-process.ts';
import type { Labels } from './subject-environment.ts';
import { type Teardown, up } from './teardown.ts';

/** The addresses of a world (RFC 5737): a registry there that speaks plain http may. */
const WORLD_NETWORK = '192.0.2.0/24';

/** What a world's engine is started with. */
export interface StartEngineOptions {
  readonly spec: DockerSpec;
  readonly registry: RegistrySpec | undefined;
  readonly known: WorldNames;
  /** The registry's address. */
  readonly registryAddress: string | undefined;
  readonly data: DataRoot;
  readonly programs: EnginePrograms;
  readonly namespace: OpenNamespace;
  /** The world's own directory. */
  readonly dir: string;
  /** Its name below the root of every hierarchy. */
  readonly controlGroup: string;
  readonly labels: Labels;
  readonly ledger: Ledger;
  readonly proxy: ForwardProxy | undefined;
  readonly teardown: Teardown;
}

/** Starts a Docker engine in the subject's namespace, where whatever it starts ends with it. */
export async function startEngine(options: StartEngineOptions): Promise<Engine> {
  const { spec, registry, data, programs, namespace, dir, controlGroup, labels, ledger, proxy, known, teardown } =
    options;
  const own = { PATH: programs.path, HOME: dir, ...labels };
  const start: StartProgram = (file, args, env) =>
    startProcess({
      id: 'dockerd',
      file,
      args,
      cwd: '/',
      env: { ...own, ...env },
      namespace: namespace.namespace,
    });
  const plain = registry && !registry.tls ? [WORLD_NETWORK] : [];
  const starting = createEngine({
    ledger,
    start,
    dir: engineDirectory(dir),
    data,
    source: programs.source,
    ownPrograms: [...programs.files].map(([path, file]) => `${file}:${path}:ro`),
    env: (proxy && spec.environment?.(proxy.url)) ?? {},
    config: proxy && spec.config?.(proxy.url),
    trusts: trusted(options),
    insecureRegistries: [...plain, ...(spec.insecureRegistries ?? [])],
    extraHosts: [...known.hosts].flatMap(([name, address]) => (address === LOOPBACK ? [] : [`${name}:${address}`])),
    cgroupParent: `/${controlGroup}`,
  });
  return up(teardown, 'the Docker engine', starting);
}

/** The CA of a proxy that opens TLS, and where the daemon is to find it. */
function trusted({ spec, proxy, registryAddress = '' }: StartEngineOptions): TrustedCertificate | undefined {
  const pem = proxy?.interceptor?.caPem;
  if (pem === undefined || spec.trusts === undefined) return undefined;
  return { pem, at: spec.trusts === 'store' ? 'store' : { registry: registryAddress } };
}

/**
 * Makes the data of a world's engine, which takes as long as to start the peers: both are done side by side.
 * @param of.dir the world's own directory
 */
export async function makeEngineData(of: {
  readonly spec: DockerSpec;
  readonly registry: RegistrySpec | undefined;
  readonly dir: string;
  readonly run: RunContext;
}): Promise<DataRoot> {
  return makeDataRoot(join(engineDirectory(of.dir), 'data'), await imagesFor(of.spec, of.registry, of.run));
}

/** @param dir the world's own directory */
export const engineDirectory = (dir: string): string => join(dir, 'docker');

/** An engine that begins without images must still run the world's own registry. */
async function imagesFor(
  { images }: DockerSpec,
  registry: RegistrySpec | undefined,
  run: RunContext,
): Promise<StartingImages> {
  if (images !== 'none') return { store: await run.images() };
  return registry ? { store: await run.images(), only: ['registry'] as const } : {};
}
