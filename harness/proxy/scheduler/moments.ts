import type { Header } from '../../ledger/index.ts';
import type { OwnAnswer } from '../front/own-answer.ts';
import type { ClientConnection } from '../gate/client-connection.ts';

/** A way to end a connection: `hang` keeps it and never answers, `reset` sends RST, `close` FIN. */
export type EndingKind = 'hang' | 'reset' | 'close';

/** What becomes of a connection: it ends in one of these ways, or these bytes are sent on it and it is closed. */
export type Ending =
  | { readonly end: EndingKind; readonly detail?: string }
  | { readonly send: string; readonly detail?: string };

/** An answer that the proxy makes; without `close` it closes the connection if its own refusals do. */
export type FaultAnswer = Omit<OwnAnswer, 'close'> & { readonly close?: boolean };

/** Decides about a connection as such. */
export type ConnectVerdict = Ending | { readonly cutWhenIdleMs: number };

/** Decides about a request. */
export type RequestVerdict =
  | Ending
  | { readonly waitMs: number; readonly detail?: string }
  | { readonly answer: FaultAnswer; readonly detail?: string }
  /** It goes on with these. */
  | { readonly headers: readonly Header[]; readonly detail?: string };

/** Who answers `Expect: 100-continue`: nobody, the origin, or the proxy itself. */
export type WhoContinues = 'swallow' | 'forward' | 'answer';

/** What a fault sees of a request. */
export interface StruckRequest {
  readonly connection: ClientConnection;
  readonly method: string;
  readonly isConnect: boolean;
  /** Its first line, as the record says it. */
  readonly line: string;
  /** Where it wants to go, in small letters; an empty host when its target is malformed. */
  readonly authority: { readonly host: string; readonly port: number };
  /** As they are when they are asked for: a fault before this one may have changed them. */
  headers(): readonly Header[];
}

/** A request that a proxy can also change and answer by itself. */
export interface AnswerableRequest extends StruckRequest {
  /** Answers it by itself, as this proxy answers where the answer leaves that open. */
  refuse(answer: FaultAnswer): void;
  /** It goes on with these headers. */
  replaceHeaders(headers: readonly Header[]): void;
}

/** What a fault sees of the body of a message, or of one direction of a tunnel. */
export interface StruckStream {
  readonly connection: ClientConnection;
  readonly direction: 'up' | 'down';
  readonly of: 'request' | 'response' | 'tunnel';
  /** As the record says it, such as `the tunnel to gitlab.test:443`. */
  readonly what: string;
  /** Answers in place of the origin: for the body of a request. */
  answer?(answer: FaultAnswer): void;
}

/** What a fault has to say about a stream, for as long as it flows. */
export interface StreamRule {
  /** No more than so many bytes a second pass. */
  readonly bytesPerSecond?: number;
  /** Nothing passes before all of it is there. */
  readonly collect?: boolean;
  /** What happens when so many bytes have passed, or only when more than that would. */
  readonly stop?: {
    readonly atByte: number;
    readonly onlyIfMore?: boolean;
    readonly by: Ending | { readonly answer: FaultAnswer };
  };
}

/** What a fault sees of an answer on its way to the client. */
export interface StruckResponse {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly isConnect: boolean;
  /** The request that is answered, as the record says it. */
  readonly line: string;
}

/** The moments at which a fault may act. A fault says nothing to let things be. */
export interface Moments {
  /** The fault is switched on, and this connection is open. */
  open(connection: ClientConnection): ConnectVerdict | undefined;
  /** A client has connected. */
  connect(connection: ClientConnection): ConnectVerdict | undefined;
  /** A client wants to send a body and waits for `100 Continue` (RFC 9110 section 10.1.1). */
  expect(request: StruckRequest): WhoContinues | undefined;
  /** A request's head is there, CONNECT included. Nobody has looked at its credentials yet. */
  request(request: StruckRequest): RequestVerdict | undefined;
  /**
   * Its credentials are wrong.
   * @param reason why, as the ledger says it; empty where it says none
   * @returns true to let it go on all the same
   */
  credentials(request: StruckRequest, reason: string): true | undefined;
  /** A tunnel has been opened: its 200 has been written. */
  opened(request: StruckRequest): Ending | undefined;
  /** A body or a tunnel begins to flow. */
  stream(stream: StruckStream): StreamRule | undefined;
  /** An answer's head is about to be written. @returns the headers that it is to have instead */
  response(response: StruckResponse): { headers: readonly Header[]; detail?: string } | undefined;
}

export type Moment = keyof Moments;
