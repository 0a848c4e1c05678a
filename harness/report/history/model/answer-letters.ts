import { type MeasuredValue, sameValue } from '../../measured/index.ts';
import type { HistoryCase } from '../store/history-run.ts';
import { comparedValue } from './answer-value.ts';
import { ANSWER_LETTERS, letterOf } from './history-data.ts';

/** Gives outcomes their letters; of a case's measured answers those that are as good as the same share one. */
export class AnswerLetters {
  readonly #answers = new Map<number, MeasuredValue[]>();

  /** @param varies its answer is another one in every run, and all of them are as good as the same */
  of(caseIndex: number, each: HistoryCase, varies: boolean): string {
    if (each.outcome !== 'info') return letterOf(each.outcome);
    if (varies) return ANSWER_LETTERS.charAt(0);
    const answers = this.#answers.get(caseIndex) ?? [];
    this.#answers.set(caseIndex, answers);
    const value = comparedValue(each);
    const known = answers.findIndex((other) => sameValue(other, value));
    if (known < 0) answers.push(value);
    const place = known < 0 ? answers.length - 1 : known;
    return ANSWER_LETTERS.charAt(Math.min(place, ANSWER_LETTERS.length - 1));
  }
}
