import type { Directive } from '../../recipes/systemd/read.ts';

/** A line of a customer's file. */
export interface Place {
  /** As the bundle names it, such as `etc/gitlab-runner/config.toml`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A text to read: a file of a bundle, or a part of one, such as a section of a bug report or of `systemctl cat`. */
export interface Piece {
  /** The file that people are told of. */
  readonly file: string;
  /** Where the text lay on the customer's machine, as far as that is known: `/etc/docker/daemon.json`, or the file's name. */
  readonly path: string;
  readonly text: string;
  /** Lines of the file before the text. */
  readonly skipped: number;
}

/** An assignment of an environment variable, wherever it is written. */
export interface Assigned extends Place {
  /** As it is written. */
  readonly name: string;
  /** As a program that gets the variable sees it. */
  readonly value: string;
}

/** A unit of systemd, or a drop-in; `systemctl cat` gives several of them. */
export interface UnitDocument {
  readonly kind: 'unit';
  readonly piece: Piece;
  /** Such as `docker.service`; undefined where neither path nor text tells. */
  readonly unit: string | undefined;
  readonly role: 'unit' | 'drop-in' | 'manager';
  /** Whether systemd reads a file of this name in this place; undefined where only the base name is known. */
  readonly read: boolean | undefined;
  /** With the line in the file. */
  readonly directives: readonly (Directive & Place)[];
  /** Headings among them, and each with the lines that it is made of. */
  readonly lines: readonly UnitLine[];
  /** Every word of every `Environment=` (or `DefaultEnvironment=`) that stands where systemd reads it. */
  readonly words: readonly UnitWord[];
  /** What `Environment=` (or `DefaultEnvironment=`) gives, an empty one taken into account within the file. */
  readonly assignments: readonly Assigned[];
  /** Whether an empty `Environment=` takes back what earlier files set. */
  readonly resets: boolean;
  readonly environmentFiles: readonly (Place & { readonly path: string })[];
}

/** A line of a unit as systemd sees it, continued ones joined. */
export interface UnitLine extends Place {
  readonly text: string;
  /** Without brackets, as it is written; undefined before the first. Of a heading its own. */
  readonly section: string | undefined;
  readonly isHeading: boolean;
  /** Before the equals sign; the whole where there is none. */
  readonly key: string;
  readonly value: string | undefined;
  /** The last line of the file that is a part of it. */
  readonly last: number;
}

/** A word of `Environment=`. */
export interface UnitWord extends Place {
  /** The line of the file with the key, which is another one where the word stands in a continued line. */
  readonly keyLine: number;
  /** As it is written. */
  readonly raw: string;
  /** Quotes and escapes undone. */
  readonly text: string;
  readonly quoted: boolean;
  /** Before its first equals sign; undefined where it has none, or systemd takes what stands there for no name. */
  readonly name: string | undefined;
  readonly value: string;
  /** Percent signs with what follows, of those that stand for something else. */
  readonly specifiers: readonly string[];
  /** Why systemd does not read this word, nor what follows in the line. */
  readonly broken: 'escape' | 'quote' | undefined;
}

/** `systemctl show UNIT`. */
export interface ShowDocument {
  readonly kind: 'show';
  readonly piece: Piece;
  readonly unit: string | undefined;
  readonly properties: readonly (Place & { readonly key: string; readonly value: string })[];
  readonly environment: readonly Assigned[];
}

/** Lines of NAME=value that something other than a unit reads. */
export interface EnvFileDocument {
  readonly kind: 'env-file';
  readonly piece: Piece;
  /**
   * `environment-file`: of `EnvironmentFile=`, or /etc/default/*, /etc/sysconfig/*; `etc-environment`: pam_env's; `shell`: a profile or
   * script of a shell; `dump`: what `env` or `printenv` prints; `process`: the
   * proxies that a running service was started with, as `collect` writes them.
   */
  readonly flavour: 'environment-file' | 'etc-environment' | 'shell' | 'dump' | 'process';
  /** `exported` where the line begins with `export`; `written` is the value as it stands in the file. */
  readonly assignments: readonly (Assigned & { readonly exported: boolean; readonly written: string })[];
}

/** One `[[runners]]` of a config.toml. */
export interface RunnerFacts {
  /** Its name, or `runner 2` where it has none. */
  readonly name: string;
  /** Of its `[[runners]]` header. */
  readonly line: number;
  readonly url: string | undefined;
  /** In lower case; empty where none is given. */
  readonly executor: string;
  /** Whether its jobs run in containers or machines of their own, and not on the host. */
  readonly contained: boolean;
  /** That of jobs which name none. */
  readonly image: string | undefined;
  /** `network_mode` of `[runners.docker]`. */
  readonly networkMode: string | undefined;
  readonly environment: readonly Assigned[];
  /** Entries of its environment, or of its services', that are no `NAME=value`. */
  readonly unassigned: readonly (Place & { readonly text: string })[];
  readonly hooks: readonly (Place & { readonly key: string; readonly script: string })[];
  readonly services: readonly (Place & {
    readonly name: string;
    readonly alias: string | undefined;
    readonly environment: readonly Assigned[];
    readonly command: readonly string[];
  })[];
  readonly volumes: readonly string[];
  readonly privileged: boolean;
  readonly cache:
    | (Place & {
        readonly type: string;
        readonly serverAddress: string | undefined;
        /** `http` where `Insecure = true`. */
        readonly scheme: 'http' | 'https';
      })
    | undefined;
  readonly tlsCaFile: string | undefined;
  readonly featureFlags: readonly string[];
}

export interface ConfigTomlDocument {
  readonly kind: 'config-toml';
  readonly piece: Piece;
  readonly runners: readonly RunnerFacts[];
  /** Every `key = …` with the table it belongs to, such as `runners.docker`, as TOML has it; also of a file that does not parse. */
  readonly keys: readonly (Place & { readonly table: string; readonly key: string })[];
  /** Why gitlab-runner does not take the file: half a sentence. */
  readonly error: (Place & { readonly why: string }) | undefined;
}

/** The docker CLI's config.json. */
export interface DockerCliDocument {
  readonly kind: 'docker-cli';
  readonly piece: Piece;
  readonly error: (Place & { readonly why: string }) | undefined;
  /** The keys below `proxies`: `default`, or a daemon; of each what it has. */
  readonly proxies: readonly (Place & {
    readonly daemon: string;
    readonly entries: readonly (Place & { readonly key: string; readonly value: unknown })[];
    /** Whether an object stands there, as it has to. */
    readonly isObject: boolean;
  })[];
  /** Keys of the whole file. */
  readonly keys: readonly (Place & { readonly key: string })[];
}

export interface DaemonJsonDocument {
  readonly kind: 'daemon-json';
  readonly piece: Piece;
  readonly error: (Place & { readonly why: string }) | undefined;
  /** Keys of the file, those of a nested object as `proxies.http-proxy`. */
  readonly entries: readonly (Place & { readonly key: string; readonly value: unknown })[];
}

export interface CntlmDocument {
  readonly kind: 'cntlm';
  readonly piece: Piece;
  /** In lower case, as cntlm does not tell capitals from small letters; `written` is the line. */
  readonly settings: readonly (Place & {
    readonly key: string;
    readonly value: string;
    readonly written: string;
    readonly cutAtHash: boolean;
  })[];
  /** Of a last line that says something and has no line break. */
  readonly unreadLast: Place | undefined;
}

/** A line of a script. */
export interface ScriptLine extends Place {
  readonly text: string;
}

export interface CiJob {
  readonly name: string;
  readonly image: (Place & { readonly name: string }) | undefined;
  readonly services: readonly (Place & {
    readonly name: string;
    readonly alias: string | undefined;
    readonly variables: readonly Assigned[];
    readonly command: readonly string[];
  })[];
  /** The job's own, with those of the file's `variables:` that it does not replace, and of what it extends. */
  readonly variables: readonly Assigned[];
  /** before_script, script and after_script, with the defaults it takes. */
  readonly script: readonly ScriptLine[];
}

/** A .gitlab-ci.yml. */
export interface CiDocument {
  readonly kind: 'ci';
  readonly piece: Piece;
  readonly error: (Place & { readonly why: string }) | undefined;
  /** `variables:` of the file. */
  readonly variables: readonly Assigned[];
  /** `services:` of the file or of `default:`. */
  readonly services: CiJob['services'];
  /** Without templates, whose names begin with a dot, unless there is no other job. */
  readonly jobs: readonly CiJob[];
}

/** .gitconfig, /etc/gitconfig, or `git config --list`. */
export interface GitConfigDocument {
  readonly kind: 'git-config';
  readonly piece: Piece;
  /** Section and key in lower case; the subsection as it stands, such as the URL of `[http "https://…"]`. */
  readonly entries: readonly (Place & {
    readonly section: string;
    readonly subsection: string | undefined;
    readonly key: string;
    readonly value: string;
  })[];
}

/** A tool's own settings of a proxy. */
export interface ToolDocument {
  readonly kind: 'tool';
  readonly piece: Piece;
  readonly tool: 'npm' | 'pip' | 'apt' | 'wget' | 'curl' | 'maven' | 'gradle' | 'gitmodules' | 'ssh';
  readonly entries: readonly (Place & { readonly key: string; readonly value: string })[];
}

/** `docker info`. */
export interface DockerInfoDocument {
  readonly kind: 'docker-info';
  readonly piece: Piece;
  /** `Server Version`, `HTTP Proxy`, and so on, as docker prints them. */
  readonly entries: readonly (Place & { readonly key: string; readonly value: string })[];
}

/** What tells versions: `docker version`, `gitlab-runner --version`, a list of them. */
export interface VersionsDocument {
  readonly kind: 'versions';
  readonly piece: Piece;
  readonly versions: readonly (Place & { readonly program: Program; readonly version: string })[];
}
export type Program = 'gitlab-runner' | 'docker' | 'docker-cli' | 'systemd' | 'cntlm' | 'git' | 'squid';

/** squid's access.log. */
export interface SquidLogDocument {
  readonly kind: 'squid-log';
  readonly piece: Piece;
  readonly requests: readonly (Place & {
    readonly client: string;
    /** Such as `TCP_DENIED/403`. */
    readonly result: string;
    readonly status: number;
    readonly method: string;
    readonly host: string;
    readonly port: number;
    readonly user: string | undefined;
    /** How squid went on, such as `HIER_DIRECT`; `HIER_NONE` where it answered by itself. */
    readonly way: string;
  })[];
}

export interface SquidConfDocument {
  readonly kind: 'squid-conf';
  readonly piece: Piece;
  readonly directives: readonly (Place & { readonly key: string; readonly value: string })[];
}

/** `ss -ltn`, `netstat -ltn`. */
export interface SocketsDocument {
  readonly kind: 'sockets';
  readonly piece: Piece;
  /** `0.0.0.0`, `*` and `::` stand for every address. */
  readonly listening: readonly (Place & { readonly address: string; readonly port: number })[];
}

/** `ip addr`. */
export interface AddressesDocument {
  readonly kind: 'addresses';
  readonly piece: Piece;
  readonly addresses: readonly (Place & {
    readonly device: string;
    readonly address: string;
    /** Of its network. */
    readonly bits: number;
  })[];
}

/** What a program printed. */
export interface LogDocument {
  readonly kind: 'log';
  readonly piece: Piece;
  /** `job`: a job's trace; `terminal`: what somebody saw in a shell. */
  readonly of: 'job' | 'runner' | 'docker' | 'cntlm' | 'terminal';
  /** Without colours, time stamps of the journal, and marks of sections; of JSON the message with its fields. */
  readonly lines: readonly (Place & {
    readonly text: string;
    /** When it was written, in seconds of the day, where the line tells. */
    readonly time?: number;
  })[];
}

/** Certificates, and what `openssl` says of a chain. */
export interface CertificatesDocument {
  readonly kind: 'certificates';
  readonly piece: Piece;
  readonly lines: readonly (Place & { readonly text: string })[];
  /** Those in PEM that can be read, with the line in which they begin. */
  readonly certificates: readonly (Place & {
    /** The name of whom it is for: its common name, or the organisation's. */
    readonly subject: string;
    /** Whether it may sign others. */
    readonly isAuthority: boolean;
  })[];
}

export type Document =
  | CertificatesDocument
  | SocketsDocument
  | AddressesDocument
  | UnitDocument
  | ShowDocument
  | EnvFileDocument
  | ConfigTomlDocument
  | DockerCliDocument
  | DaemonJsonDocument
  | CntlmDocument
  | CiDocument
  | GitConfigDocument
  | ToolDocument
  | DockerInfoDocument
  | VersionsDocument
  | SquidLogDocument
  | SquidConfDocument
  | LogDocument;

/** Knows one kind of file. */
export interface Reader {
  /** As people are told of it, such as `a drop-in of systemd`. */
  readonly title: string;
  /**
   * How sure it is that a text is of its kind: 0 no, 1 perhaps (by what stands in it), 2 by its name and nothing against it, 3 certain. The surest
   * reader gets the text. It looks at the first 64 KiB at most.
   */
  readonly knows: (piece: Piece) => 0 | 1 | 2 | 3;
  /** Never throws, whatever the text. */
  readonly read: (piece: Piece) => readonly Document[];
}
