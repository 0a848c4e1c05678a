/** A piece of a page: a heading, a line of code, or a paragraph, list item or row of a table, its lines joined. */
export interface Block {
  readonly kind: 'heading' | 'code' | 'text';
  /** The heading below which it stands; empty before the first. A heading's own is itself. */
  readonly heading: string;
  /** As it stands in the file, without the marks of lists and quotations. */
  readonly text: string;
}

const FENCE = /^\s*(?:```|~~~)/;
const HEADING = /^#{1,6}\s+(.*?)\s*#*$/;
const LIST_ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;
const QUOTATION = /^\s*(?:>\s?)+/;
/** What GitLab's pages have between sentences: the frames of notes and of details, and the rule below a table's head. */
const FRAME = /^\s*(?:\{\{<.*>\}\}|\[![a-z]+\]|(?:NOTE|WARNING):|<!--.*-->|\|[\s:|-]+\|)\s*$/;
/** Behind a heading of older pages: who may use what it is about. */
const TIER = /\s*\*\*\([A-Z ]+\)\*\*$/;
/** Who may use a feature, which is no sentence: how that begins, and how it ends. */
const DETAILS = [
  [/^\s*\{\{<\s*details\s*>\}\}/, /^\s*\{\{<\s*\/details/],
  [/^DETAILS:/, /^\s*$/],
] as const;

/**
 * Reads a page of GitLab's documentation. Only what these pages use of Markdown is known: a page that uses more shows as changed
 * sentences, which somebody looks at.
 */
export function blocksOf(markdown: string): readonly Block[] {
  const found: Block[] = [];
  let heading = '';
  let open: string[] = [];
  let inCode = false;
  let skippedTo: RegExp | undefined;
  const close = (): void => {
    const text = open.join(' ').replaceAll(/\s+/g, ' ').trim();
    if (text !== '') found.push({ kind: 'text', heading, text });
    open = [];
  };
  for (const raw of withoutFrontMatter(markdown).split(/\r?\n/)) {
    const line = raw.replace(QUOTATION, '');
    const details = DETAILS.find(([begins]) => begins.test(line));
    if (FENCE.test(line)) {
      close();
      inCode = !inCode;
    } else if (inCode) {
      if (line.trim() !== '') found.push({ kind: 'code', heading, text: line.trim() });
    } else if (skippedTo) {
      if (skippedTo.test(line)) skippedTo = undefined;
    } else if (details) {
      close();
      skippedTo = details[1];
    } else {
      const title = HEADING.exec(line)?.[1];
      if (title !== undefined) {
        close();
        heading = visible(title.replace(TIER, ''));
        found.push({ kind: 'heading', heading, text: heading });
      } else if (line.trim() === '' || FRAME.test(line)) close();
      else {
        if (LIST_ITEM.test(line) || line.trimStart().startsWith('|')) close();
        open.push(line.replace(LIST_ITEM, ''));
      }
    }
  }
  close();
  return found;
}

const withoutFrontMatter = (markdown: string): string => markdown.replace(/^---\n[\s\S]*?\n---\n/, '');

/** What a reader sees of a text: a link's words without its target, code and emphasis without their marks. */
export function visible(text: string): string {
  return withoutEmphasis(text)
    .replaceAll(/!?\[((?:`[^`]*`|[^\]`])*)\]\([^)]*\)/g, '$1')
    .replaceAll(/<(https?:[^>]*)>/g, '$1')
    .replaceAll(/`([^`]*)`/g, '$1')
    .replaceAll(/\\([*_`<>|])/g, '$1');
}

/** A star that a backslash is before is a star. */
export const withoutEmphasis = (text: string): string => text.replaceAll(/(?<!\\)(\*\*?)(?=\S)([^*]*[^*\\])\1/g, '$2');
