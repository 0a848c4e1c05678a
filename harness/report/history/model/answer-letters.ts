import { type MeasuredValue, sameValue } from '../../measured/index.ts';
import type { HistoryCase } from '../store/history-run.ts';
import { answerValue } from './answer-value.ts';
import { ANSWER_LETTERS, letterOf } from './history-data.ts';

/** Gives outcomes their letters; of a case's measured answers those that are as good as the same share one. */
export class AnswerLetters {
  readonly #answers = new Map<number, MeasuredValue[]>();

  of(caseIndex: number, { outcome, reason = '' }: HistoryCase): string {
    if (outcome !== 'info') return letterOf(outcome);
    const answers = this.#answers.get(caseIndex) ?? [];
    this.#answers.set(caseIndex, answers);
    const value = answerValue(reason);
    const known = answers.findIndex((each) => sameValue(each, value));
    if (known < 0) answers.push(value);
    const place = known < 0 ? answers.length - 1 : known;
    return ANSWER_LETTERS.charAt(Math.min(place, ANSWER_LETTERS.length - 1));
  }
}
