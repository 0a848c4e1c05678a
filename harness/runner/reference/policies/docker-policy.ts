import type { DockerExecutorConfig, RunnerConfig } from '../../subject.ts';
import { type FoundLogin, type KnownLogins, loginFor } from '../docker/registry-login.ts';
import type { Variables } from '../job/environment.ts';

/** What a container of a job is for. */
export type ContainerRole = 'build' | 'helper' | 'service';

/** Which of both names a service: config.toml, or the job. */
export type ServiceOrigin = 'config' | 'job';

/** What containers have in their environment: names and values. @param namedIn where a service is named; undefined for others */
export type ContainerEnvironment = (role: ContainerRole, variables: Variables, namedIn?: ServiceOrigin) => Variables;

type Labels = Readonly<Record<string, string>>;
type PullPolicy = NonNullable<DockerExecutorConfig['pullPolicy']>;

/** How the Docker executor goes about a job. */
export interface DockerPolicy {
  /** Whether each of the runner's own stages has a helper container of its own, rather than one for all of them. */
  readonly helperForEachStage: boolean;
  /** What a container gets of the variables that are meant for it. */
  readonly environment: ContainerEnvironment;
  /** What it gets besides, of the runner's own environment. */
  readonly inherited: (env: RunnerConfig['env']) => Readonly<Record<string, string>>;
  /** Which of config.toml's volumes are mounted. */
  readonly volumes: (configured: readonly string[]) => readonly string[];
  /** Whether the helper begins with its image's entrypoint, which takes in a mounted certificate. */
  readonly keepsHelperEntrypoint: boolean;
  /** In which container the get-sources hook runs. */
  readonly hookIn: 'helper' | 'build';
  /** The labels of a container. @param usual those of the runner's own list */
  readonly labels: (config: RunnerConfig, usual: Labels) => Labels;
  /** Whether a job has a network of its own. */
  readonly networkPerBuild: (asked: boolean) => boolean;
  /** What a service is called in its job's network. @param names those that come of its image @param own its aliases */
  readonly aliases: (names: readonly string[], own: readonly string[]) => readonly string[];
  readonly pulls: (configured: PullPolicy) => PullPolicy;
  /** What a job's log says of a pull that failed. @param said what the engine said */
  readonly explains: (said: string) => string;
  /** Which of a job's logins an image is pulled by, if any. */
  readonly loginFor: (image: string, known: KnownLogins) => FoundLogin | undefined;
  /** Whether the runner asks the registry for an image before it has the engine pull it. */
  readonly asksRegistry: boolean;
  /** How it finds out whether a service is up: by a connection of its own, or by a request through the job's proxy. */
  readonly probesBy: 'connection' | 'proxy';
  /** Whether the helper moves these through the proxy of the job's variables. */
  readonly transfersByProxy: (what: 'artifacts' | 'cache') => boolean;
  /** Whether a transfer that failed by the proxy is tried again without it. */
  readonly retriesDirectly: (what: 'artifacts' | 'cache') => boolean;
  /** Whether the helper looks at the certificates of those that it moves things from and to. */
  readonly verifies: boolean;
  /** Who is shown the job's token when a download is sent elsewhere: GitLab alone, or whoever that is. */
  readonly tokenFor: 'gitlab' | 'anybody';
  /** Whether the URLs of a cache, which are signed, are printed. */
  readonly printsUrls: boolean;
  /** Whether a job fails whose cache cannot be kept. */
  readonly keepsOrFails: boolean;
  /** Whether a cache that a job was given is kept again when the job has changed it. */
  readonly keepsAgain: boolean;
  /** How often an archive of artifacts is sent that GitLab takes at once. */
  readonly uploadsTimes: number;
  /** The key under which a cache is got and kept. */
  readonly cachesAs: (key: string) => string;
  /** Which of the paths are packed. */
  readonly packs: (what: 'artifacts' | 'cache', paths: readonly string[]) => readonly string[];
  /** What is run to unpack what was downloaded. */
  readonly unpacks: (command: string) => string;
  /** Lines of shell that change a packed archive before it is sent. @param archive its path, as a word of the shell */
  readonly spoils: (what: 'artifacts' | 'cache', archive: string) => readonly string[];
}

/** What the runner does; how many helpers there are depends on its version. */
export const honestDocker: DockerPolicy = {
  helperForEachStage: true,
  environment: (_, variables) => variables,
  inherited: () => ({}),
  volumes: (configured) => configured,
  keepsHelperEntrypoint: true,
  hookIn: 'helper',
  labels: (_, usual) => usual,
  networkPerBuild: (asked) => asked,
  aliases: (names, own) => [...names, ...own],
  pulls: (configured) => configured,
  explains: (said) => said,
  loginFor,
  asksRegistry: false,
  probesBy: 'connection',
  transfersByProxy: () => true,
  retriesDirectly: () => false,
  verifies: true,
  tokenFor: 'gitlab',
  printsUrls: false,
  keepsOrFails: false,
  keepsAgain: true,
  uploadsTimes: 1,
  cachesAs: (key) => key,
  packs: (_, paths) => paths,
  unpacks: (command) => command,
  spoils: () => [],
};
