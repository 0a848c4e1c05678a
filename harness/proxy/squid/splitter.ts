import { LIMITS, LineReader, MalformedMessage, type MessageHead, parseFields, parseHead } from '../grammar/index.ts';

/** How long a message is (RFC 9112 section 6.3); `raw` is no message any more. */
export type Framing =
  | { readonly kind: 'none' | 'chunked' | 'until-close' | 'raw' }
  | { readonly kind: 'length'; readonly bytes: number };

/** A stretch of a connection; all `bytes` in a row are the connection's, but for empty lines before a head. */
export type Fragment =
  | { readonly kind: 'head'; readonly bytes: Buffer; readonly head: MessageHead }
  /** `data` is the body's own, without the framing of chunks. */
  | { readonly kind: 'body'; readonly bytes: Buffer; readonly data: Buffer }
  | { readonly kind: 'end' }
  | { readonly kind: 'raw'; readonly bytes: Buffer };

const NOTHING = Buffer.alloc(0);
/** RFC 9112 section 7.1: the size, and extensions that nobody here knows. */
const CHUNK_LINE = /^([0-9A-Fa-f]{1,13})(?:[\t ]*;.*)?\r\n$/;

type State = 'head' | 'length' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailers' | 'until-close' | 'raw';

/** Cuts one direction of an HTTP/1 connection into heads and bodies. */
export class MessageSplitter {
  readonly #framing: (head: MessageHead) => Framing | (() => Framing);
  readonly #in = new LineReader();
  #state: State = 'head';
  #later: (() => Framing) | undefined;
  #left = 0;
  /** Lines of the head, or of the trailers, that are complete. */
  #lines: Buffer[] = [];
  #linesLength = 0;

  /** @param framing says how long a message is; a function when only the time of the next byte will tell */
  constructor(framing: (head: MessageHead) => Framing | (() => Framing)) {
    this.#framing = framing;
  }

  /**
   * The pieces that a chunk completes.
   * @throws MalformedMessage at what is no HTTP/1, or is longer than `LIMITS` has it
   */
  *push(chunk: Buffer): Generator<Fragment> {
    this.#in.add(chunk);
    while (this.#in.length > 0) {
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

  /** The connection has ended. A message that was cut short is the other side's to judge: its beginning is through. */
  *end(): Generator<Fragment> {
    if (this.#state === 'until-close') yield { kind: 'end' };
  }

  /** Undefined while more bytes must come. */
  #next(): Fragment[] | undefined {
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
      case 'chunk-end':
        return this.#chunkEnd();
      case 'trailers':
        return this.#trailers();
      case 'raw':
        return [{ kind: 'raw', bytes: this.#in.take(this.#in.length) }];
    }
  }

  #head(): Fragment[] | undefined {
    const lines = this.#linesUpToEmpty('its head', LIMITS.head);
    if (!lines) return undefined;
    // RFC 9112 section 2.2: empty lines before a head are to be ignored.
    if (lines.texts.length === 0) return [];
    const head = parseHead(lines.texts);
    const framing = this.#framing(head);
    const piece: Fragment = { kind: 'head', bytes: lines.bytes, head };
    if (typeof framing === 'function') {
      this.#later = framing;
      return [piece];
    }
    return [piece, ...this.#begin(framing)];
  }

  #begin(framing: Framing): Fragment[] {
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

  #counted(): Fragment[] {
    const bytes = this.#in.take(this.#left);
    this.#left -= bytes.length;
    const piece: Fragment = { kind: 'body', bytes, data: bytes };
    if (this.#left > 0) return [piece];
    this.#state = 'head';
    return [piece, { kind: 'end' }];
  }

  #chunkSize(): Fragment[] | undefined {
    const bytes = this.#in.line('the line with the size of a chunk', LIMITS.chunkLine);
    if (!bytes) return undefined;
    const [, size] = CHUNK_LINE.exec(bytes.toString('latin1')) ?? [];
    if (size === undefined) throw new MalformedMessage('the size of a chunk is no hexadecimal number');
    this.#left = Number.parseInt(size, 16);
    this.#state = this.#left > 0 ? 'chunk-data' : 'trailers';
    return [{ kind: 'body', bytes, data: NOTHING }];
  }

  #chunkData(): Fragment[] {
    const bytes = this.#in.take(this.#left);
    this.#left -= bytes.length;
    if (this.#left === 0) this.#state = 'chunk-end';
    return [{ kind: 'body', bytes, data: bytes }];
  }

  #chunkEnd(): Fragment[] | undefined {
    const bytes = this.#in.line('what follows a chunk', LIMITS.chunkLine);
    if (!bytes) return undefined;
    if (bytes.length > 2) throw new MalformedMessage('a chunk is longer than its size');
    this.#state = 'chunk-size';
    return [{ kind: 'body', bytes, data: NOTHING }];
  }

  #trailers(): Fragment[] | undefined {
    const lines = this.#linesUpToEmpty('its trailers', LIMITS.trailers);
    if (!lines) return undefined;
    parseFields(lines.texts);
    this.#state = 'head';
    return [{ kind: 'body', bytes: lines.bytes, data: NOTHING }, { kind: 'end' }];
  }

  /** Undefined while the empty line that ends them has not come. */
  #linesUpToEmpty(what: string, limit: number): { texts: string[]; bytes: Buffer } | undefined {
    for (;;) {
      const line = this.#in.line('a line of it', Math.min(LIMITS.line, limit));
      if (!line) return undefined;
      this.#lines.push(line);
      this.#linesLength += line.length;
      if (this.#linesLength > limit) throw new MalformedMessage(`${what} is longer than ${limit} bytes`, 431);
      // Or a head of nothing but short lines would be taken apart anew with each of them.
      if (this.#lines.length > LIMITS.fields + 2)
        throw new MalformedMessage(`${what} has more than ${LIMITS.fields} fields`, 431);
      if (line.length === 2) break;
    }
    const bytes = Buffer.concat(this.#lines);
    const texts = this.#lines.slice(0, -1).map((line) => line.toString('latin1', 0, line.length - 2));
    this.#lines = [];
    this.#linesLength = 0;
    return { texts, bytes };
  }
}
