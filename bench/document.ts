/**
 * Puts a text between two markers of a document, in place of what stood there.
 * @param name of the markers: `<!-- name: begin -->` and `<!-- name: end -->`
 * @throws Error when the document does not have both, in order
 */
export function withPart(document: string, name: string, text: string): string {
  const [from, to] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const begin = document.indexOf(from);
  const end = document.indexOf(to);
  if (begin < 0 || end < begin) {
    throw new Error(`The document has no place for it: it needs the lines ${from} and ${to}, in this order.`);
  }
  return `${document.slice(0, begin + from.length)}\n${text.trimEnd()}\n${document.slice(end)}`;
}
