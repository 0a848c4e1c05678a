/** A message that breaks the grammar of HTTP/1 (RFC 9112), or one of our limits. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
  /** What its sender is answered. */
  readonly status: number;

  /** @param message what is wrong, as half a sentence */
  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}
