import { distance } from 'fastest-levenshtein';
import { type Sentence, sentencesOf } from './sentences.ts';

/** A sentence that one of two pages has and the other has not, or has in other words. */
export interface Change {
  readonly was?: Sentence;
  readonly is?: Sentence;
}

/** So much of a sentence may be other letters for it to count as the same in other words. */
const MOST_DIFFERENT = 0.5;

/** What changed from one version of a page to the next, in the newer one's order; what is gone comes last. */
export function changesBetween(older: string, newer: string): readonly Change[] {
  const [before, after] = [sentencesOf(older), sentencesOf(newer)];
  const gone = without(before, after);
  const changes: Change[] = without(after, before).map((is) => {
    const was = nearest(is, gone);
    if (was) gone.splice(gone.indexOf(was), 1);
    return was ? { was, is } : { is };
  });
  return [...changes, ...gone.map((was) => ({ was }))];
}

/** Those of the first that are not among the others; of one that is there more often than there, the rest. */
function without(these: readonly Sentence[], others: readonly Sentence[]): Sentence[] {
  const left = new Map<string, number>();
  for (const { text } of others) left.set(text, (left.get(text) ?? 0) + 1);
  return these.filter(({ text }) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}

function nearest(sentence: Sentence, others: readonly Sentence[]): Sentence | undefined {
  const apart = (each: Sentence): number =>
    distance(sentence.text, each.text) / Math.max(sentence.text.length, each.text.length);
  const [best] = others.filter(({ kind }) => kind === sentence.kind).sort((a, b) => apart(a) - apart(b));
  return best && apart(best) <= MOST_DIFFERENT ? best : undefined;
}
