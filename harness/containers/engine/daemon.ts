import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import Docker from 'dockerode';
import { machineClock } from '../../clock/index.ts';
import { shimFile } from '../contexts.ts';
import { engineSocket } from './socket-path.ts';

/** A program that was started, wherever that is. */
export interface DaemonProcess {
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts a program; in a world, in its namespace. */
export type StartProgram = (
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) => Promise<DaemonProcess>;

/** A certificate that a daemon is to trust. */
export interface TrustedCertificate {
  readonly pem: string;
  /** The machine's store, as the daemon sees it, or a registry (host:port) in certs.d. */
  readonly at: 'store' | { readonly registry: string };
}

/** Which daemon. */
export interface DockerDaemonOptions {
  readonly start: StartProgram;
  /** Its socket, pid file and sockets of its parts go here; the path must be short, see unix(7). */
  readonly dir: string;
  readonly dataRoot: string;
  /** Besides those that every daemon of ours has. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly trusts?: TrustedCertificate | undefined;
}

/** What a daemon says of itself. */
export interface DaemonVersions {
  /** Such as `20.10.24+dfsg1`. */
  readonly version: string;
  /** Of its API, the newest and the oldest that it speaks. */
  readonly apiVersion: string;
  readonly minApiVersion: string;
  /** Its parts with their versions: containerd, runc. */
  readonly parts: Readonly<Record<string, string>>;
}

/** A Docker daemon of our own. */
export interface DockerDaemon extends AsyncDisposable {
  readonly docker: Docker;
  readonly socketPath: string;
  readonly about: DaemonVersions;
  /** Real milliseconds from its start until it answered. */
  readonly upMs: number;
  /** Ends it at once, and leaves what it mounted and started to the end of its namespaces. */
  kill(): Promise<void>;
}

/** How long a daemon may take to answer, in real milliseconds; 250 are usual, with images. */
const UP_LIMIT_MS = 60_000;
/** Everything else of a world waits for it. */
const LOOK_OFTEN = { everyMs: 10 };
/** How long it may take to end by itself; then it is killed. */
const DOWN_LIMIT_MS = 10_000;
/** Lines of its log that an error shows. */
const LAST_LINES = 5;

/** Where the daemon has its sockets and state: paths of sockets must be short (unix(7)), and a run's directory may not be. */
const PRIVATE = '/run/docker';

/** Where systems keep the certificates that Go's programs trust: Debian's, Red Hat's, and Alpine's and SUSE's. */
const STORES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem'];

/**
 * What runs the daemon, in a mount namespace of its own: some of its files have a fixed place, in which another daemon
 * of this machine may have its own: containerd's sockets, plugins, and in /etc/docker its configuration and its key.
 */
const LAUNCH = `set -e
for place in /run/containerd ${PRIVATE} /etc/docker; do
  mkdir -p "$place"
  mount -t tmpfs none "$place"
done
case "\${TRUSTS-}" in
  store)
    for bundle in ${STORES.join(' ')}; do [ ! -e $bundle ] || break; done
    cat $bundle "$TRUSTED" >"$TRUSTED.store"
    mount --bind "$TRUSTED.store" $bundle
    ;;
  ?*)
    mkdir -p "/etc/docker/certs.d/$TRUSTS"
    cp "$TRUSTED" "/etc/docker/certs.d/$TRUSTS/ca.crt"
    ;;
esac
exec dockerd "$@"`;

/**
 * Starts a daemon on a socket of its own. It touches no other daemon's files.
 * @throws Error that shows its last words when it does not come up
 */
export async function startDaemon(options: DockerDaemonOptions): Promise<DockerDaemon> {
  const { dir, dataRoot } = options;
  const socketPath = engineSocket(dir);
  await mkdir(dir, { recursive: true });
  const began = performance.now();
  const process = await options.start(
    '/bin/sh',
    ['-c', LAUNCH, 'dockerd', ...own(dir, dataRoot, socketPath), ...options.args],
    { ...options.env, ...(await trust(dir, options.trusts)) },
  );
  const words = lastWords(process);
  let ended: string | undefined;
  void process.exited.then(({ code, signal }) => {
    ended = `it ended with ${signal ?? `exit code ${code}`}`;
  });
  const down = async (): Promise<void> => {
    process.kill('SIGTERM');
    await machineClock.within(DOWN_LIMIT_MS, 'the end of the Docker daemon', process.exited).catch(() => {
      process.kill('SIGKILL');
      return process.exited;
    });
  };
  // What DOCKER_HOST of the user's environment says of another engine would go before the socket.
  const docker = new Docker({ socketPath, host: undefined, protocol: 'http' });
  try {
    const about = await machineClock.until(
      UP_LIMIT_MS,
      'the Docker daemon to answer',
      async () => {
        if (ended) throw new Error(ended);
        return docker.version().then(versionsOf, () => undefined);
      },
      LOOK_OFTEN,
    );
    const upMs = Math.round(performance.now() - began);
    const kill = async (): Promise<void> => {
      process.kill('SIGKILL');
      await process.exited;
    };
    return { docker, socketPath, about, upMs, kill, [Symbol.asyncDispose]: down };
  } catch (error) {
    await down();
    const last = words().join(' | ');
    throw new Error(
      `A Docker daemon of our own could not be started: ${(error as Error).message.replace(/\.$/, '')}; its last words: ${last || 'none'}`,
      {
        cause: error,
      },
    );
  }
}

function versionsOf({ Version, ApiVersion, MinAPIVersion, Components }: Docker.DockerVersion): DaemonVersions {
  const parts = Components.filter(({ Name }) => Name === 'containerd' || Name === 'runc');
  return {
    version: Version,
    apiVersion: ApiVersion,
    minApiVersion: MinAPIVersion,
    parts: Object.fromEntries(parts.map((each) => [each.Name, each.Version])),
  };
}

/** Writes the certificate for {@link LAUNCH}, and gives the variables that tell it where it goes. */
async function trust(dir: string, trusts: TrustedCertificate | undefined): Promise<Record<string, string>> {
  if (!trusts) return {};
  const file = join(dir, 'trusted.crt');
  await writeFile(file, trusts.pem);
  return { TRUSTED: file, TRUSTS: trusts.at === 'store' ? 'store' : trusts.at.registry };
}

const own = (dir: string, dataRoot: string, socketPath: string): string[] => [
  '--data-root',
  dataRoot,
  '--exec-root',
  PRIVATE,
  '--pidfile',
  join(dir, 'docker.pid'),
  '--host',
  `unix://${socketPath}`,
  '--storage-driver',
  'overlay2',
  '--add-runtime',
  `proxyproof=${shimFile()}`,
  '--default-runtime',
  'proxyproof',
  '--exec-opt',
  'native.cgroupdriver=cgroupfs',
  '--log-level',
  'warn',
];

function lastWords(process: DaemonProcess): () => readonly string[] {
  let text = '';
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-8_000);
    });
  }
  return () => text.trim().split('\n').slice(-LAST_LINES);
}
