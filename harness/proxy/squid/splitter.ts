import { type Header, headerLines } from '../../ledger/index.ts';

/** The head of a message as it stands on the wire. */
export interface MessageHead {
  readonly startLine: string;
  readonly headers: readonly Header[];
}

/** How long a message is (RFC 9112 section 6.3); `raw` is no message any more. */
export type Framing =
  | { readonly kind: 'none' | 'chunked' | 'until-close' | 'raw' }
  | { readonly kind: 'length'; readonly bytes: number };

/** A stretch of a connection; all `bytes` in a row are the connection's. */
export type Piece =
  | { readonly kind: 'head'; readonly bytes: Buffer; readonly head: MessageHead }
  /** `data` is the body's own, without the framing of chunks. */
  | { readonly kind: 'body'; readonly bytes: Buffer; readonly data: Buffer }
  | { readonly kind: 'end' }
  | { readonly kind: 'raw'; readonly bytes: Buffer };

/** Longest head that is waited for, in bytes: squid's own limit. */
const LONGEST_HEAD = 64 * 1024;
const NOTHING = Buffer.alloc(0);

type State = 'head' | 'length' | 'chunk-size' | 'chunk-data' | 'trailers' | 'until-close' | 'raw';

/** Cuts one direction of an HTTP/1 connection into heads and bodies. */
export class MessageSplitter {
  readonly #framing: (head: MessageHead) => Framing | (() => Framing);
  #state: State = 'head';
  #later: (() => Framing) | undefined;
  #rest: Buffer = NOTHING;
  #left = 0;

  /** @param framing says how long a message is; a function when only the time of the next byte will tell */
  constructor(framing: (head: MessageHead) => Framing | (() => Framing)) {
    this.#framing = framing;
  }

  /** The pieces that a chunk completes. */
  *push(chunk: Buffer): Generator<Piece> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length > 0) {
      if (this.#later) {
        const framing = this.#later();
        this.#later = undefined;
        yield* this.#begin(framing);
      }
      const pieces = this.#next();
      if (!pieces) return;
      yield* pieces;
    }
  }

  /** The connection has ended. */
  *end(): Generator<Piece> {
    if (this.#rest.length > 0) yield { kind: 'raw', bytes: this.#take(this.#rest.length) };
    if (this.#state === 'until-close') yield { kind: 'end' };
  }

  /** Undefined while more bytes must come. */
  #next(): Piece[] | undefined {
    switch (this.#state) {
      case 'head':
        return this.#head();
      case 'length':
      case 'until-close':
        return this.#counted();
      case 'chunk-size':
        return this.#chunkSize();
      case 'chunk-data':
        return this.#chunkData();
      case 'trailers':
        return this.#trailer();
      case 'raw':
        return [{ kind: 'raw', bytes: this.#take(this.#rest.length) }];
    }
  }

  #head(): Piece[] | undefined {
    // RFC 9112 section 2.2: empty lines before a head are to be ignored.
    const at = this.#rest.indexOf('\r\n\r\n');
    if (at === 0) return [{ kind: 'raw', bytes: this.#take(2) }];
    if (at < 0) {
      if (this.#rest.length <= LONGEST_HEAD && looksLikeText(this.#rest)) return undefined;
      this.#state = 'raw';
      return [];
    }
    const bytes = this.#take(at + 4);
    const text = bytes.toString('latin1', 0, at).replace(/^(\r\n)+/, '');
    const [startLine = ''] = text.split('\r\n', 1);
    const head = { startLine, headers: headerLines(text, startLine.length + 2) };
    const framing = this.#framing(head);
    const piece: Piece = { kind: 'head', bytes, head };
    if (typeof framing === 'function') {
      this.#later = framing;
      return [piece];
    }
    return [piece, ...this.#begin(framing)];
  }

  #begin(framing: Framing): Piece[] {
    switch (framing.kind) {
      case 'none':
        this.#state = 'head';
        return [{ kind: 'end' }];
      case 'length':
        this.#left = framing.bytes;
        this.#state = framing.bytes > 0 ? 'length' : 'head';
        return framing.bytes > 0 ? [] : [{ kind: 'end' }];
      case 'chunked':
        this.#state = 'chunk-size';
        return [];
      default:
        this.#left = Number.POSITIVE_INFINITY;
        this.#state = framing.kind;
        return [];
    }
  }

  #counted(): Piece[] {
    const bytes = this.#take(Math.min(this.#left, this.#rest.length));
    this.#left -= bytes.length;
    const piece: Piece = { kind: 'body', bytes, data: bytes };
    if (this.#left > 0) return [piece];
    this.#state = 'head';
    return [piece, { kind: 'end' }];
  }

  #chunkSize(): Piece[] | undefined {
    const at = this.#rest.indexOf('\r\n');
    if (at < 0) return undefined;
    const bytes = this.#take(at + 2);
    const size = Number.parseInt(bytes.toString('latin1'), 16);
    if (Number.isNaN(size)) this.#state = 'raw';
    else if (size === 0) this.#state = 'trailers';
    else {
      // The data, and the line's end behind it.
      this.#left = size + 2;
      this.#state = 'chunk-data';
    }
    return [{ kind: 'body', bytes, data: NOTHING }];
  }

  #chunkData(): Piece[] {
    const bytes = this.#take(Math.min(this.#left, this.#rest.length));
    const data = bytes.subarray(0, Math.max(0, this.#left - 2));
    this.#left -= bytes.length;
    if (this.#left === 0) this.#state = 'chunk-size';
    return [{ kind: 'body', bytes, data }];
  }

  #trailer(): Piece[] | undefined {
    const at = this.#rest.indexOf('\r\n');
    if (at < 0) return undefined;
    const bytes = this.#take(at + 2);
    const piece: Piece = { kind: 'body', bytes, data: NOTHING };
    if (at > 0) return [piece];
    this.#state = 'head';
    return [piece, { kind: 'end' }];
  }

  #take(size: number): Buffer {
    const bytes = this.#rest.subarray(0, size);
    this.#rest = this.#rest.subarray(size);
    return bytes;
  }
}

/** Whether bytes may still become a head: no HTTP/1 head has control characters but tabs and line ends in it. */
function looksLikeText(bytes: Buffer): boolean {
  return !bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13);
}
