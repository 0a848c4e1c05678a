import type { LogLine } from '../picture/picture.ts';

/**
 * Who failed: the runner's polls and reports; its registration; the host's dockerd; dockerd of a dind service; the docker CLI on its way to the
 * daemon; git in the helper; the helper's transfers of artifacts and cache; a program of a job's script or of a shell; whoever squid logged.
 */
export type Who = 'runner' | 'register' | 'daemon' | 'dind' | 'docker-cli' | 'git' | 'helper' | 'tool' | 'client';

/** Where in a job a line stands. */
export type Phase = 'prepare' | 'sources' | 'script' | 'after' | undefined;

export interface Addressee {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
}

export type FailureKind =
  /** The proxy answered with a status of its own: to CONNECT, or instead of an http server. */
  | 'answered'
  /** No way to the target itself, without a proxy. */
  | 'direct'
  | 'proxy-unreachable'
  | 'proxy-name'
  | 'proxy-untrusted'
  | 'untrusted'
  /** GitLab by http: "forbidden". */
  | 'poll-forbidden'
  | 'poll-limited'
  | 'poll-cut'
  | 'waiting'
  | 'gave-up'
  | 'body-lost'
  | 'git-limited'
  | 'registry-limited'
  | 'too-large'
  | 'length-required'
  | 'bad-digest'
  | 'push-ended'
  | 'upload-cut'
  | 'block-page'
  | 'error-page'
  | 'connection-cut'
  | 'ssh'
  | 'no-password'
  | 'offers'
  | 'cntlm-rejected';

/** A line of a log in which something failed. */
export interface Failure extends LogLine {
  readonly kind: FailureKind;
  readonly who: Who;
  readonly phase: Phase;
  readonly target: Addressee | undefined;
  /** That of HTTP, where there is one. */
  readonly status: number | undefined;
  /** The address or name that was asked: the proxy's, or the target's. */
  readonly peer: { readonly host: string; readonly port: number | undefined } | undefined;
  /** How a connection failed: `timeout`, `refused`, `no-route`, `no-name`. */
  readonly how: string | undefined;
  /** The line was squid's. */
  readonly user?: string;
  readonly bySquid?: boolean;
}

/** What a line tells by itself. */
export type LineTold = Pick<Failure, 'kind'> & Partial<Pick<Failure, 'target' | 'status' | 'peer' | 'how' | 'who'>>;
