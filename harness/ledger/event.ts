/** One header as it stood on the wire: name in its own spelling, value redacted. */
export type Header = readonly [name: string, value: string];

/** What a request is for, in the words of the mock GitLab. */
export type RequestKind =
  | 'job'
  | 'trace'
  | 'update'
  | 'register'
  | 'verify'
  | 'unregister'
  | 'reset-token'
  | 'upload'
  | 'download'
  | 'discovery'
  | 'git'
  | 'lfs'
  | 'object-storage'
  | 'registry'
  | 'registry-token'
  | 'cache'
  | 'unknown';

/** Who recorded an event. */
export type Peer = 'harness' | 'subject' | 'proxy' | 'gitlab' | 'registry' | 'tripwire';

/** How a connection reached the peer that records it. */
export type Via = 'proxy' | 'direct' | 'subject';

/** A body, bounded: `text` is redacted and cut, `bytes` and `sha256` are of the whole. */
export interface BodyRecord {
  readonly bytes: number;
  readonly sha256: string;
  /** How many of the bytes `sha256` is of, when not of all: a proxy digests only the beginning of a large body. */
  readonly digestedBytes?: number;
  /** For a multipart form: the digest of all but its boundaries, which differ whenever a form is made. */
  readonly formSha256?: string;
  readonly text?: string;
  /** False when the connection ended before the body did. */
  readonly complete: boolean;
}

/** What a peer says about an answer that a plan made it give. */
export interface PlannedAnswer {
  /** Which answer of the plan this was, counted from 1 for each request kind. */
  readonly occurrence: number;
  /** The moment a valid reset time names, in milliseconds on the case's clock. */
  readonly resetAt?: number;
  /** The reset-time header's value as sent. */
  readonly resetTime?: string;
  readonly retryAfter?: string;
}

interface CaseStart {
  readonly kind: 'case-start';
  /** When the case began, in milliseconds since the run began, in real time. */
  readonly startedAt: number;
  readonly clock: 'real' | 'simulated';
  /** What keeps the subject from going around the proxy: a network namespace, or names that do not resolve. */
  readonly isolation: 'namespace' | 'dialer' | 'names';
  readonly axes: Readonly<Record<string, string>>;
  readonly profile: string;
}
interface CaseEnd {
  /** The scenario's part is over; what follows is the teardown, and no judge sees it. */
  readonly kind: 'case-end';
}
interface CaseClosed {
  /** The last event that a verdict rests on: the world is down, or `kept` for a look. A ledger without it was cut. */
  readonly kind: 'case-closed';
  readonly kept?: boolean;
}
interface Waited {
  /** Time ran out before the record showed what the scenario waited for; it goes on, and the judge says what that means. */
  readonly kind: 'waited';
  /** Completes the sentence "waited for …". */
  readonly what: string;
  readonly limitMs: number;
}
interface GaveUp {
  /** A wait for the subject ended with nothing, and the scenario's part with it. */
  readonly kind: 'gave-up';
  /** What was waited for; completes the sentence "waited for …". */
  readonly awaited: string;
  readonly limitMs: number;
  /** The same and what was recorded by then, as a sentence without its full stop. */
  readonly says: string;
}
interface Broken {
  /** The harness failed, so the case says nothing about the subject. */
  readonly kind: 'broken';
  readonly during: 'build' | 'act' | 'teardown';
  /** A sentence. */
  readonly why: string;
}
interface Late {
  /** The machine had more to do than it can: what should have happened by then may still be to come. */
  readonly kind: 'late';
  /** `harness`: its own timers fired late. `machine`: programs had to wait for a CPU. */
  readonly who: 'harness' | 'machine';
  /** How much time was lost until now, in milliseconds. */
  readonly ms: number;
  /** For `machine`: how many times longer than alone a program takes for its work. */
  readonly slowdown?: number;
}
interface Act {
  /** A step of the scenario's own: what it made the subject or a peer do, or how long it watched. */
  readonly kind: 'act';
  readonly what: string;
  /** Names the moment for a judge. */
  readonly mark?: string;
  readonly watchedMs?: number;
}
interface Connection {
  readonly kind: 'connection';
  readonly connection: string;
  readonly via: Via;
  readonly from: string;
  readonly to: string;
  readonly tls: boolean;
}
interface ClientCertificate {
  /** A server that asks for certificates of clients was shown one in a handshake, or none. */
  readonly kind: 'client-certificate';
  readonly connection: string;
  /** Whose it is: the common name of its subject; nothing where none was shown. */
  readonly subject?: string;
  /** Whether it was shown one that it takes. */
  readonly verified: boolean;
  /** Why it does not take the one that it was shown, in OpenSSL's words. */
  readonly reason?: string;
}
interface ConnectionEnd {
  readonly kind: 'connection-end';
  readonly connection: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
}
interface Request {
  readonly kind: 'request';
  readonly connection: string;
  /** Names this request and its answer on this peer. */
  readonly exchange: string;
  readonly via: Via;
  readonly method: string;
  /** The request target as sent: origin-form, absolute-form, or authority-form for CONNECT. */
  readonly target: string;
  readonly httpVersion: string;
  readonly headers: readonly Header[];
  readonly requestKind?: RequestKind;
}
interface RequestBody extends BodyRecord {
  readonly kind: 'request-body';
  readonly exchange: string;
}
interface Response {
  readonly kind: 'response';
  readonly exchange: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  /** Who made this answer: the peer itself, or the origin behind it. */
  readonly madeBy: 'self' | 'origin';
  readonly planned?: PlannedAnswer;
}
interface ResponseBody extends BodyRecord {
  readonly kind: 'response-body';
  readonly exchange: string;
}
interface TunnelEnd {
  readonly kind: 'tunnel-end';
  readonly exchange: string;
  readonly bytesUp: number;
  readonly bytesDown: number;
}
interface TripwireHit {
  /** The subject went around the proxy: it opened a connection to an origin's name, or any other address, by itself. */
  readonly kind: 'tripwire';
  readonly from: string;
  readonly to: string;
  readonly protocol: 'http' | 'tls' | 'other' | 'silent';
  /** The request line, the TLS server name, or the first bytes. */
  readonly detail: string;
  readonly headers?: readonly Header[];
}
interface Lookup {
  /** The subject looked a name up; recorded where the world's declaration has `names`. */
  readonly kind: 'lookup';
  readonly name: string;
  /** What it was told; nothing where nobody knows the name. */
  readonly address?: string;
}
interface ProcessStart {
  readonly kind: 'process-start';
  readonly process: string;
  readonly command: readonly string[];
}
interface ProcessExit {
  readonly kind: 'process-exit';
  readonly process: string;
  readonly code: number | null;
  readonly signal: string | null;
}
interface Log {
  readonly kind: 'log';
  readonly process?: string;
  readonly stream: 'stdout' | 'stderr' | 'access' | 'cache';
  readonly line: string;
  /** Fields of a structured line: level, msg, status, … */
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
}
interface Fault {
  readonly kind: 'fault';
  readonly name: string;
  readonly state: 'on' | 'off' | 'struck';
  /** For `on`: what goes wrong from now on, as one plain sentence. */
  readonly does?: string;
  /** For `on` how it was declared, for `struck` what it struck. */
  readonly detail?: string;
}
interface Job {
  readonly kind: 'job';
  readonly job: number;
  readonly what: 'queued' | 'handed-out' | 'running' | 'trace' | 'finished' | 'artifact' | 'canceled';
  readonly state?: string;
  readonly failureReason?: string;
  /** For `trace`: the range accepted, as offsets of the whole trace. */
  readonly range?: readonly [start: number, end: number];
  /** For `finished`: the whole trace, redacted and bounded, its size and whether the runner's checksum agrees. */
  readonly trace?: BodyRecord;
  readonly checksumMatches?: boolean;
  /** For `finished`: the exit code that the runner reported. */
  readonly exitCode?: number;
  /** For `finished`: the exit code that the job's script ends with, where its last line says so. */
  readonly exits?: number;
  /** For `artifact`: the file that was uploaded. */
  readonly artifact?: BodyRecord;
  /** For `artifact`: what is in it, where it is a zip file of no more than 8 MiB, a line for each file as sha256sum prints it. */
  readonly files?: readonly string[];
}
interface EngineEvent {
  /** The world's Docker engine is up; this is what it says of itself. */
  readonly kind: 'engine';
  /** Where its programs come from: a generation, or `host`. */
  readonly source: string;
  /** Such as `28.5.2+dfsg4`. */
  readonly version: string;
  readonly apiVersion: string;
  readonly minApiVersion: string;
  /** Real milliseconds from the start of its daemon until that answered. */
  readonly upMs?: number;
  /** Versions of containerd and runc. */
  readonly parts: Readonly<Record<string, string>>;
}
interface ContainerEvent {
  /** Something that the world's Docker engine said of a container, whoever made it. */
  readonly kind: 'container';
  readonly what: 'created' | 'started' | 'died';
  readonly container: string;
  readonly name: string;
  readonly image: string;
  /** For `died`. */
  readonly code?: number;
  /** For `started`: its addresses, one a network. */
  readonly addresses?: readonly string[];
  /** For `created`: what `docker inspect` shows to anyone who may use the engine, redacted. */
  readonly inspect?: {
    readonly env: readonly string[];
    readonly command: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
    readonly privileged: boolean;
    readonly network: string;
    readonly extraHosts: readonly string[];
  };
}
interface Authentication {
  /** A client says who it is to a proxy, in a scheme of several steps: who it says to be, and what came of it. */
  readonly kind: 'authentication';
  readonly exchange: string;
  readonly scheme: string;
  /** `challenged`: asked to prove it; the connection is authenticated once it is `granted`. */
  readonly step: 'challenged' | 'granted' | 'refused';
  readonly user?: string;
  readonly domain?: string;
  readonly workstation?: string;
  /** Why it is refused, as half a sentence. */
  readonly reason?: string;
}
interface Flag {
  /** A peer met something nobody planned for: an unknown endpoint, a malformed request, a wrong token. */
  readonly kind: 'flag';
  readonly what: string;
  /** A right subject may do it as well: it breaks no rule. */
  readonly odd?: true;
  readonly exchange?: string;
}

/** What happened, without when and where. */
export type EventBody =
  | CaseStart
  | CaseEnd
  | CaseClosed
  | Waited
  | GaveUp
  | Broken
  | Late
  | Act
  | Connection
  | ClientCertificate
  | ConnectionEnd
  | Request
  | RequestBody
  | Response
  | ResponseBody
  | TunnelEnd
  | TripwireHit
  | Lookup
  | ProcessStart
  | ProcessExit
  | Log
  | Fault
  | Job
  | EngineEvent
  | ContainerEvent
  | Authentication
  | Flag;

/** When and by whom an event was recorded. */
export interface Stamp {
  /** Position in the run's ledger, from 1; what `evidence` in results.json points to. */
  readonly seq: number;
  /** The case it belongs to, as its full id. */
  readonly case: string;
  /** Milliseconds since the case began, on the case's clock. */
  readonly t: number;
  readonly peer: Peer;
}

/** One line of the ledger. */
export type LedgerEvent = Stamp & EventBody;

/** An event of one kind. */
export type EventOf<K extends EventBody['kind']> = Stamp & Extract<EventBody, { kind: K }>;
