import type Docker from 'dockerode';
import type { ImageName } from './spec.ts';

/** What a container of the harness's own is started with. */
export interface ContainerSpec {
  /** Its name, which is also its name in the ledger. */
  readonly name: string;
  readonly image: ImageName;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly privileged?: boolean;
  /** `host` is the namespace itself, `none` has no interface at all; the default bridge when left out. */
  readonly network?: 'bridge' | 'host' | 'none' | (string & {});
  /** `source:target[:ro]`; a target alone makes an anonymous volume. */
  readonly volumes?: readonly string[];
  /** Names that it knows besides the world's own. */
  readonly extraHosts?: readonly string[];
  /** Files written into it before it starts: absolute path to content. */
  readonly files?: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  /** Records its output in the ledger, line by line; on by default. */
  readonly log?: boolean;
}

/** How a command in a container ended, and what it wrote. */
export interface ExecResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A container of the harness's own. Disposing removes it. */
export interface RunningContainer extends AsyncDisposable {
  readonly id: string;
  readonly name: string;
  /** Settles when its first process ended. */
  readonly exited: Promise<{ readonly code: number }>;
  /** The address it has on its network; undefined without one of its own. */
  readonly address: string | undefined;
  /**
   * Runs a command in it, to its end; when its limit has passed, it is ended with all that it started.
   * @param options.limitMs real milliseconds; 60,000 by default
   * @throws Error that names the command, when the limit has passed
   */
  exec(
    command: readonly string[],
    options?: {
      readonly env?: Readonly<Record<string, string>>;
      readonly limitMs?: number;
      readonly stdin?: string;
      readonly workingDir?: string;
    },
  ): Promise<ExecResult>;
  /**
   * Waits until a command in it succeeds: readiness, asked of the container itself.
   * @throws Error that names what was waited for and shows the last output, when the limit has passed
   */
  ready(what: string, command: readonly string[], limitMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** A Docker engine in a world. Everything in it ends with the world. */
export interface Engine {
  /** As the daemon tells it, such as `20.10.24+dfsg1`. */
  readonly version: string;
  /** Path of the daemon's socket, the same inside the namespace and outside. */
  readonly socketPath: string;
  /** The daemon's API. */
  readonly docker: Docker;
  /** docker0's address in the namespace: the page's `docker0_interface_ip`. */
  readonly bridgeAddress: string;
  /** The world's names for containers, as `extra_hosts` of config.toml and `--add-host` take them. */
  readonly extraHosts: readonly string[];
  /** Volumes that put the engine's own programs over those of a machine in a container; none where it has the same. */
  readonly ownPrograms: readonly string[];
  /** The reference of an image, such as `proxyproof/job:1f0c…`. @throws Error when the engine has no images */
  image(name: ImageName): string;
  /**
   * Makes the data root of a daemon that runs in a container, so that it has some of our images from the start.
   * @param name tells it from others of this engine
   * @returns the volumes that put it at /var/lib/docker of the container
   * @throws Error when the engine has no images
   */
  lend(name: string, images: readonly ImageName[]): Promise<readonly string[]>;
  /** Starts a container of the harness's own, which knows the world's names. */
  run(spec: ContainerSpec): Promise<RunningContainer>;
}
