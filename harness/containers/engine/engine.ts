import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import type { Ledger } from '../../ledger/index.ts';
import type { ContainerSpec, Engine, RunningContainer } from '../handle.ts';
import type { ImageName } from '../spec.ts';
import { cloneDataRoot } from './clone.ts';
import { OwnContainer } from './container.ts';
import { type DockerDaemon, type StartProgram, startDaemon, type TrustedCertificate } from './daemon.ts';
import type { DataRoot } from './data-root.ts';
import { followLog } from './follow-log.ts';
import { OWN_LABEL, watchContainers } from './watch.ts';

/** docker0's address and network, Docker's own default and the page's. */
const BRIDGE_ADDRESS = '172.17.0.1';
const BRIDGE = `${BRIDGE_ADDRESS}/16`;

/** What an engine is made of. */
export interface EngineOptions {
  readonly ledger: Ledger;
  /** Starts programs in the namespace where the engine shall live. */
  readonly start: StartProgram;
  /** Its own directory. */
  readonly dir: string;
  /** Has their images from the start. */
  readonly data: DataRoot;
  /** Where its programs come from, for the record: a generation, or `host`. */
  readonly source: string;
  /** See `Engine`. */
  readonly ownPrograms: readonly string[];
  /** The daemon's own proxy variables. */
  readonly env: Readonly<Record<string, string>>;
  /** Its `daemon.json`; none when left out. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
  /** What its daemon trusts besides. */
  readonly trusts?: TrustedCertificate | undefined;
  /** Registries (host:port) that speak plain http. */
  readonly insecureRegistries: readonly string[];
  /** The world's names, as `name:address`. */
  readonly extraHosts: readonly string[];
  /** Where containers have their control groups, so that what the daemon leaves of them is found. */
  readonly cgroupParent: string;
}

/**
 * Starts a Docker engine.
 * @throws Error with the daemon's last words when it does not come up
 */
export async function createEngine(options: EngineOptions): Promise<Engine & AsyncDisposable> {
  const configured = options.config ? await writeConfig(options.dir, options.config) : [];
  const daemon = await startDaemon({
    start: options.start,
    dir: options.dir,
    dataRoot: options.data.path,
    env: options.env,
    trusts: options.trusts,
    args: [
      '--bip',
      BRIDGE,
      '--ip6tables=false',
      '--userland-proxy=false',
      '--shutdown-timeout',
      '2',
      '--cgroup-parent',
      options.cgroupParent,
      ...configured,
      ...options.insecureRegistries.flatMap((each) => ['--insecure-registry', each]),
    ],
  });
  options.ledger.record('harness', { kind: 'engine', source: options.source, ...daemon.about, upMs: daemon.upMs });
  try {
    return new OwnEngine(options, daemon, await watchContainers(daemon.docker, options.ledger));
  } catch (error) {
    await daemon.kill();
    throw error;
  }
}

async function writeConfig(dir: string, config: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const file = join(dir, 'daemon.json');
  await mkdir(dir, { recursive: true });
  // It may have a proxy's password.
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
  return ['--config-file', file];
}

class OwnEngine implements Engine, AsyncDisposable {
  readonly bridgeAddress = BRIDGE_ADDRESS;
  readonly version: string;
  readonly socketPath: string;
  readonly docker: Docker;
  readonly extraHosts: readonly string[];
  readonly ownPrograms: readonly string[];
  readonly #options: EngineOptions;
  readonly #daemon: DockerDaemon;
  readonly #watch: Disposable;

  constructor(options: EngineOptions, daemon: DockerDaemon, watch: Disposable) {
    this.#options = options;
    this.#daemon = daemon;
    this.#watch = watch;
    this.version = daemon.about.version;
    this.ownPrograms = options.ownPrograms;
    this.socketPath = daemon.socketPath;
    this.docker = daemon.docker;
    this.extraHosts = options.extraHosts;
  }

  image(name: ImageName): string {
    const { store, only } = this.#options.data;
    if (store && (only?.includes(name) ?? true)) return store.reference(name);
    throw new Error(
      `The engine of this world begins without images, so it has no ${name}: declare docker.images as all.`,
    );
  }

  async lend(name: string, images: readonly ImageName[]): Promise<readonly string[]> {
    const { dir, data } = this.#options;
    const { store } = data;
    if (!store) throw new Error('The engine of this world begins without images, so it has none to lend.');
    const dataRoot = join(dir, `data-${name}`);
    await mkdir(dataRoot);
    await cloneDataRoot(store, dataRoot, images);
    // Layers are links to here.
    const layers = join(store.dataRoot, 'overlay2');
    return [`${dataRoot}:/var/lib/docker`, `${layers}:${layers}`];
  }

  async run(spec: ContainerSpec): Promise<RunningContainer> {
    let container: Docker.Container | undefined;
    try {
      container = await this.docker.createContainer(this.#creation(spec));
      if (spec.files) await container.putArchive(await archive(spec.files), { path: '/' });
      if (spec.log ?? true) await followLog(this.docker, container, spec.name, this.#options.ledger);
      await container.start();
      const { NetworkSettings } = await container.inspect();
      return new OwnContainer(this.docker, container, spec, addressIn(NetworkSettings.Networks));
    } catch (error) {
      await container?.remove({ force: true, v: true }).catch(() => {});
      const reason = (error as Error).message.trim();
      throw new Error(`The container ${spec.name} could not be started: ${reason}.`, { cause: error });
    }
  }

  #creation(spec: ContainerSpec): Docker.ContainerCreateOptions {
    const volumes = Map.groupBy(spec.volumes ?? [], (each) => (each.includes(':') ? 'bound' : 'anonymous'));
    return {
      name: spec.name,
      Image: this.image(spec.image),
      Env: Object.entries(spec.env ?? {}).map(([name, value]) => `${name}=${value}`),
      Labels: { [OWN_LABEL]: spec.name },
      ...(spec.command ? { Cmd: [...spec.command] } : {}),
      ...(spec.entrypoint ? { Entrypoint: [...spec.entrypoint] } : {}),
      ...(spec.workingDir === undefined ? {} : { WorkingDir: spec.workingDir }),
      Volumes: Object.fromEntries((volumes.get('anonymous') ?? []).map((each) => [each, {}])),
      HostConfig: {
        Privileged: spec.privileged ?? false,
        NetworkMode: spec.network ?? 'bridge',
        Binds: volumes.get('bound') ?? [],
        ...(takesHosts(spec) ? { ExtraHosts: [...this.extraHosts, ...(spec.extraHosts ?? [])] } : {}),
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#watch[Symbol.dispose]();
    // Its containers end with the namespace; stopping each of them in order would take seconds.
    await this.#daemon.kill();
  }
}

function addressIn(networks: Readonly<Record<string, { IPAddress: string }>>): string | undefined {
  return Object.values(networks).find(({ IPAddress }) => IPAddress !== '')?.IPAddress;
}

/** Docker refuses names for a container that has no network namespace of its own. */
const takesHosts = ({ network }: ContainerSpec): boolean => network !== 'none' && !network?.startsWith('container:');

function archive(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const tar = pack();
  for (const [path, content] of Object.entries(files)) tar.entry({ name: path.replace(/^\/+/, '') }, content);
  tar.finalize();
  return buffer(tar);
}
