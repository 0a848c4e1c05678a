import type { Readable } from 'node:stream';
import type { Header, RequestKind } from '../../../ledger/index.ts';
import type { Handed } from './handed.ts';

/** What the runner itself asks for; git asks for its own. */
export type CallKind = Extract<
  RequestKind,
  'job' | 'trace' | 'update' | 'register' | 'verify' | 'unregister' | 'upload' | 'download'
>;

/** A request body that can be sent again. */
export type CallBody = { readonly bytes: Buffer } | { readonly open: () => Readable };

/** A file that takes a body. */
export interface SavedTo {
  readonly path: string;
  /** Whether what is in it goes first. */
  readonly anew: boolean;
}

/** One call of GitLab's API: all its tries are this request. */
export interface ApiCall {
  readonly kind: CallKind;
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: CallBody;
  /** The file that takes the body of an answer with status 200. */
  readonly saveTo?: SavedTo;
  /** It is not the runner's own, but made by a program that was handed this. */
  readonly ofHelper?: Handed;
  /** How many redirects led to it; none by default. */
  readonly redirects?: number;
}

/** An answer, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly reason: string;
  /** In the order and spelling of the wire. */
  readonly headers: readonly Header[];
  /** Empty when it was saved to a file. */
  readonly body: Buffer;
  /** Whether the connection ends with this answer. */
  readonly closes: boolean;
}

/** The status as Go's `http.Response.Status` has it: `429 Too Many Requests`. */
export const statusLine = (answer: HttpAnswer): string => `${answer.status} ${answer.reason}`.trim();
