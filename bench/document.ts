const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';

/**
 * Puts a table between the markers of a document, in place of what stood there.
 * @throws Error when the document does not have both markers, in order
 */
export function withTable(document: string, table: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) {
    throw new Error(`The document has no place for the table: it needs the lines ${BEGIN} and ${END}, in this order.`);
  }
  return `${document.slice(0, begin + BEGIN.length)}\n${table.trimEnd()}\n${document.slice(end)}`;
}
