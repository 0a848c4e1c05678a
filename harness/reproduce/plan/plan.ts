import type { GetSourcesHookName } from '../../profile/index.ts';
import type { ProxyAuth } from '../../proxy/spec.ts';
import type { MappedAddress } from './clashes.ts';
import type { Elsewhere } from './elsewhere.ts';

/** What is set in place of what files say, as it was written: key to value. */
export type Settings = Readonly<Record<string, string>>;

/** A host with its port. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** A service of the machine that has a proxy, or a place that gives containers one. */
export type PageFileName = 'cntlm' | 'docker' | 'runner' | 'config' | 'dockerConfig';

/**
 * Who does not trust the CA of a proxy that opens TLS: a service of the machine; the helper, so git, artifacts and caches; or the programs of
 * a job's script.
 */
export type Distrusting = 'runner' | 'daemon' | 'helper' | 'job';

/** Something that was taken, made up or changed for the reproduction, as a sentence for whoever reads its result. */
export interface Assumption {
  readonly about: 'gitlab' | 'proxy' | 'credentials' | 'file' | 'image' | 'job' | 'name';
  readonly says: string;
}

/** The proxy of the customer's machine itself: cntlm, in front of those that lead out. */
export interface LocalProxy extends Endpoint {
  readonly kind: 'cntlm';
}

/** Which job is run. */
export interface PlannedJob {
  /** Clones and asks GitLab by curl; or builds and pushes by a dind service, too. */
  readonly kind: 'clone' | 'push';
  readonly image: string | undefined;
  readonly services: readonly { readonly name: string; readonly alias?: string }[];
  readonly variables: Readonly<Record<string, string>>;
  /** An engine elsewhere, which the job's docker CLI asks by TLS who it is. */
  readonly remote?: Endpoint;
  /** Servers of https that a program of the script asks, by curl. */
  readonly downloads?: readonly Endpoint[];
  /** Whether the project has a submodule, on the same GitLab, which the job fetches. */
  readonly submodules?: true;
  /** Whether it uploads an artifact, of as many bytes as `ARTIFACT_BYTES` says. */
  readonly uploads?: true;
  /** Whether the job's docker CLI asks no proxy for it, as 19.03.0 and 19.03.1 (docker/cli#2027). */
  readonly ignoresProxy?: true;
}

/** How somebody registers a runner: in a shell of root's. */
export interface PlannedRegistration {
  /** Variables that the shell has, the proxy's alone. */
  readonly variables: Readonly<Record<string, string>>;
  /** What the command stands behind, such as `sudo -E`; empty for nothing. */
  readonly sudo: string;
  /** From 15.10 on the token of a runner that GitLab has made already. */
  readonly with: 'runner-token' | 'registration-token';
}

/** A file that is not in the bundle and is put on the machine as the page has it. */
export interface PageFileToWrite {
  readonly name: PageFileName;
  readonly path: string;
  readonly content: string;
}

/** A world and a machine in it, made of what a customer's files say. */
export interface CasePlan {
  /** Base URL as their files have it, without a slash at its end. */
  readonly gitlab: { readonly url: string; readonly tls: boolean } & Endpoint;
  /** The proxies that lead out, one or two. */
  readonly proxies: readonly Endpoint[];
  readonly local?: LocalProxy;
  readonly auth: ProxyAuth;
  /** Whether the proxy opens TLS. */
  readonly intercepts: boolean;
  /** Who does not trust the CA of the proxy, which opens TLS then. */
  readonly distrusting?: Distrusting;
  /** The hosts that the proxy lets through, and no others, where that was set. */
  readonly allows?: readonly string[];
  /** What counted in place of what the files say. */
  readonly set: Settings;
  /** Registries by the names that their files have, Docker Hub and GitLab's among them. */
  readonly registries: readonly Endpoint[];
  /** Images that jobs and services name, by which the registries know them. */
  readonly images: readonly string[];
  /** Every file that the page has on such a machine. */
  readonly page: readonly PageFileToWrite[];
  /** What the page would have on the machine, and the bundle has not. */
  readonly fromPage: readonly PageFileToWrite[];
  /** Those of them that name another address than the proxy's, since nothing answered there, as they should be. */
  readonly outdated: readonly PageFileToWrite[];
  /** Files of the page that are left out, since the symptom shows that they are not there. */
  readonly leftOut: readonly PageFileToWrite[];
  readonly job: PlannedJob;
  /** Tried where a log tells of one. */
  readonly registers?: PlannedRegistration;
  /** What no file shows. */
  readonly elsewhere: Elsewhere;
  /** Another runner that can take the place of the customer's, as half a sentence names it. */
  readonly upgrade?: string;
  /** Whether containers that the job's docker CLI makes are to get the proxy. */
  readonly inner: boolean;
  /** What the customer's version of the runner calls the hook before it gets sources. */
  readonly hook: GetSourcesHookName;
  readonly assumptions: readonly Assumption[];
  /** Addresses of theirs that others stand for, as a world has them for itself. */
  readonly mapped?: readonly MappedAddress[];
}
