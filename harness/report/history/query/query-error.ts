/** A search that cannot be read. The message is a whole sentence: what is wrong, and what can be written. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  /** Where in the text it is, in characters from its start. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
