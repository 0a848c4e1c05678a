import { type Block, blocksOf, visible, withoutEmphasis } from './blocks.ts';

/** A sentence of a page, or a line of its code, as a reader sees it. */
export interface Sentence {
  readonly kind: Block['kind'];
  readonly heading: string;
  readonly text: string;
}

/** After these a full stop ends no sentence. */
const ABBREVIATIONS = /\b(?:e\.g|i\.e|etc|vs|cf|resp|approx|incl)\.$/i;
/** Stands for something that is not cut: code, or a link with its target. */
const KEPT = /!?\[(?:`[^`]*`|[^\]`])*\]\([^)]*\)|`[^`]*`|<https?:[^>]*>/g;
const PLACE = /\uE000(\d+)\uE001/g;

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Every sentence of a page, in order, headings and lines of code among them. */
export function sentencesOf(markdown: string): readonly Sentence[] {
  return blocksOf(markdown).flatMap(({ kind, heading, text }): Sentence[] => {
    if (kind !== 'text') return [{ kind, heading, text }];
    return split(text).map((each) => ({ kind, heading, text: visible(each) }));
  });
}

/** Cuts a paragraph into its sentences. Neither code nor a link is ever cut. */
function split(text: string): string[] {
  const kept: string[] = [];
  const marked = withoutEmphasis(text.replaceAll(KEPT, (found) => `\uE000${kept.push(found) - 1}\uE001`));
  const cut: string[] = [];
  for (const { segment } of segmenter.segment(marked)) {
    const before = cut.at(-1);
    if (before !== undefined && ABBREVIATIONS.test(before.trim())) cut[cut.length - 1] = before + segment;
    else cut.push(segment);
  }
  return cut.map((each) => each.replaceAll(PLACE, (_, index) => kept[Number(index)] ?? '').trim()).filter(Boolean);
}
