import type { JobSpec } from '../gitlab/spec.ts';

/** One of the lab's peers, as whoever uses it reaches it. */
export interface PeerView {
  readonly name: 'gitlab' | 'proxy' | 'standby' | 'registry' | 'cntlm';
  /** Such as `squid 5.7` or `mock GitLab`. */
  readonly product: string;
  /** Its URL, for a proxy without credentials. */
  readonly url: string;
  /** For a proxy: whether it takes connections now. */
  readonly listening?: boolean;
  /** For a proxy: what it asks for. */
  readonly scheme?: string;
  /** For a proxy: whom it lets in now; nobody at all where this is missing and it asks for credentials. */
  readonly user?: string;
}

/** Something to paste: into config.toml, into the drop-in of a service, into a shell. */
export interface PasteView {
  /** Such as `A shell` or `/etc/gitlab-runner/config.toml`. */
  readonly title: string;
  readonly text: string;
}

/** A fault of a proxy that is switched on. */
export interface FaultView {
  readonly id: number;
  readonly proxy: 'proxy' | 'standby';
  readonly name: string;
  /** What goes wrong, as a sentence. */
  readonly does: string;
  /** How it was declared. */
  readonly fault: Readonly<Record<string, unknown>>;
  /** How often it has struck. */
  readonly struck: number;
}

/** A kind of fault, for a form: what it is called, which proxies of the lab can have it, and the JSON Schema of its declaration. */
export interface FaultKind {
  readonly name: string;
  readonly proxies: readonly ('proxy' | 'standby')[];
  readonly schema: Readonly<Record<string, unknown>>;
}

/** A plan of answers that has a name. */
export interface PlanPreset {
  readonly name: string;
  /** What GitLab answers then, as a sentence. */
  readonly says: string;
}

export interface JobView {
  readonly id: number;
  /** The name in .gitlab-ci.yml, where the job came from one. */
  readonly name?: string;
  readonly state: 'pending' | 'running' | 'success' | 'failed' | 'canceled';
  /** The last lines of its trace, without secrets. */
  readonly tail: string;
}

/** A connection that is open now. */
export interface ConnectionView {
  readonly peer: string;
  readonly connection: string;
  readonly from: string;
  readonly to: string;
  readonly via: string;
  /** Milliseconds on the lab's clock. */
  readonly since: number;
  /** What was asked by it last, such as `CONNECT gitlab.test:443`. */
  readonly asks?: string;
}

/** Something that the lab has noticed about what a client did. */
export interface LiveFinding {
  readonly id: number;
  /** Stable, such as `around-the-proxy`. */
  readonly rule: string;
  /** One sentence: who did what. */
  readonly says: string;
  /** One sentence: what to change. */
  readonly advice: string;
  /** The ledger's number of the event that shows it best. */
  readonly seq: number;
  /** How often it was seen. */
  readonly times: number;
  /** When it was seen last, in milliseconds on the lab's clock. */
  readonly t: number;
}

/** Everything about a lab but its record. */
export interface LabState {
  readonly version: string;
  /** When it was stood up, in ISO 8601. */
  readonly startedAt: string;
  /** Milliseconds since then. */
  readonly now: number;
  readonly peers: readonly PeerView[];
  readonly pastes: readonly PasteView[];
  readonly faults: readonly FaultView[];
  /** The name of the plan that GitLab follows, `own` for one that was sent, nothing for honest answers. */
  readonly plan?: string;
  readonly presets: readonly PlanPreset[];
  readonly jobs: readonly JobView[];
  readonly connections: readonly ConnectionView[];
  /** The newest last. */
  readonly findings: readonly LiveFinding[];
  /** How much of the record is kept, how much may be, and how many events were let go. */
  readonly record: { readonly kept: number; readonly limit: number; readonly dropped: number };
  readonly viewers: number;
}

/** What came of a .gitlab-ci.yml: the jobs that were queued, and what of it the lab leaves out, in sentences. */
export interface QueuedJobs {
  readonly jobs: readonly { readonly id: number; readonly name: string; readonly spec: JobSpec }[];
  readonly leftOut: readonly string[];
}

/** Every answer that is not 2xx. */
export interface ErrorView {
  /** What is wrong and what to do, in sentences. */
  readonly error: string;
}

/*
 * The API. Every path but those of the page itself takes `Authorization: Bearer TOKEN`.
 *
 * GET    /                               the page; it reads the token from the fragment of its address
 * GET    /api/state                      LabState
 * GET    /api/events?after=SEQ           server-sent events: `state` (LabState; first of all, and when something has changed, at
 *                                        most four times a second) and `events` (LedgerEvent[], those after SEQ or the header
 *                                        Last-Event-ID, then new ones; the id of the message is the last one's seq)
 * GET    /api/faults                     FaultKind[]
 * POST   /api/faults                     { proxy, fault } -> 201 FaultView
 * DELETE /api/faults/:id                 204
 * PUT    /api/plan                       { preset: name } or { plan: PlanStep[] } or { honest: true } -> 204
 * POST   /api/jobs                       JobSpec -> 201 QueuedJobs
 * POST   /api/jobs/ci                    the text of a .gitlab-ci.yml (text/yaml) -> 201 QueuedJobs
 * POST   /api/jobs/:id/cancel            204
 * GET    /api/jobs/:id/trace             text/plain, without secrets
 * POST   /api/proxies/:name/start|stop|restart   204
 * PUT    /api/proxies/:name/credentials  { user, password } or { rotate: true } or { none: true } -> 200 PeerView
 * GET    /api/export/report.html | har.json | ledger.ndjson | case.yaml
 */
