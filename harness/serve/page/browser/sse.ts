/** One message of a stream of server-sent events. */
export interface StreamMessage {
  readonly event: string;
  readonly data: string;
  /** The id that was given last, in this message or before: where to go on from. */
  readonly id?: string;
}

/**
 * Takes a stream of server-sent events apart, however its text is cut: lines end with LF, CR or both, a message ends with an
 * empty line, and one without data is none (https://html.spec.whatwg.org/multipage/server-sent-events.html, section 9.2.6).
 */
export class StreamParser {
  #rest = '';
  #event = '';
  #data: string[] = [];
  #id: string | undefined;
  #isFirst = true;

  /** @returns the messages that this piece completes */
  add(piece: string): StreamMessage[] {
    // A byte order mark may stand at the very beginning.
    const text = this.#isFirst ? piece.replace(/^\ufeff/, '') : piece;
    if (piece !== '') this.#isFirst = false;
    const whole = this.#rest + text;
    // A CR at the end may be half of a CRLF.
    const held = whole.endsWith('\r') ? whole.length - 1 : whole.length;
    const lines = whole.slice(0, held).split(/\r\n|\n|\r/);
    this.#rest = (lines.pop() ?? '') + whole.slice(held);
    return lines.flatMap((line) => this.#take(line) ?? []);
  }

  #take(line: string): StreamMessage | undefined {
    if (line === '') return this.#end();
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') this.#event = value;
    if (name === 'data') this.#data.push(value);
    if (name === 'id' && !value.includes('\0')) this.#id = value;
    return undefined;
  }

  #end(): StreamMessage | undefined {
    const [event, data] = [this.#event || 'message', this.#data];
    this.#event = '';
    this.#data = [];
    if (data.length === 0) return undefined;
    return { event, data: data.join('\n'), ...(this.#id === undefined ? {} : { id: this.#id }) };
  }
}
