import type { RetryDecision, RetryQuestion } from '../../policies/retry-policy.ts';
import type { Mutant } from '../mutant.ts';
import { decisionFault, hasResetTime, isLimit, retryFault, use, wait } from './faults.ts';

const TRIES = 5;
const HOUR_MS = 3_600_000;

/** A decision by all tries that this process ever made. */
function countedOn({ memory, attempt }: RetryQuestion, honest: RetryDecision): RetryDecision {
  const tries = (memory.get('tries') ?? 0) + 1;
  memory.set('tries', tries);
  return tries >= TRIES && attempt < TRIES ? use : honest;
}

/** Faults in what a process keeps in mind of the limits that it met. */
export const episodeMutants: readonly Mutant[] = [
  decisionFault(
    'counts-tries-for-whole-process',
    'Tries are counted for the whole process, and never set back.',
    (question, honest) => (isLimit(question) ? countedOn(question, honest) : honest),
  ),
  decisionFault(
    'counts-tries-of-all-uploads',
    'Tries of uploads are counted for the whole process, and never set back.',
    (question, honest) => (isLimit(question) && question.kind === 'upload' ? countedOn(question, honest) : honest),
  ),
  decisionFault(
    'counts-tries-until-success',
    'Tries are counted from call to call, and set back by a success only: after a call that gave up the next gives up at once.',
    (question, honest) => {
      const { memory, kind } = question;
      if (!isLimit(question)) {
        if (question.answer.status < 400) memory.delete(kind);
        return honest;
      }
      const gaveUp = memory.get(kind) === TRIES;
      if (!gaveUp) memory.set(kind, question.attempt);
      return gaveUp ? use : honest;
    },
  ),
  decisionFault(
    'remembers-reset-time',
    'The reset time that came first is kept, and later ones are not looked at.',
    (question, honest) => {
      if (!hasResetTime(question) || honest.do !== 'wait') return honest;
      const until = question.memory.get('until') ?? question.now + honest.ms;
      question.memory.set('until', until);
      return wait(Math.max(0, until - question.now));
    },
  ),
  decisionFault('repeats-first-wait', 'Every wait of a call lasts as long as its first.', (question, honest) => {
    if (!hasResetTime(question) || honest.do !== 'wait') return honest;
    if (question.attempt === 1) question.memory.set(question.kind, honest.ms);
    return wait(question.memory.get(question.kind) ?? honest.ms);
  }),
  decisionFault(
    'repeats-wait-without-header',
    'Where a later answer of a call has no reset time, the last wait is repeated.',
    (question, honest) => {
      if (!isLimit(question) || honest.do === 'use') {
        const last = question.attempt > 1 ? question.memory.get(`last ${question.kind}`) : undefined;
        return isLimit(question) && last !== undefined ? wait(last) : honest;
      }
      question.memory.set(`last ${question.kind}`, honest.ms);
      return honest;
    },
  ),
  retryFault(
    'rests-after-giving-up',
    'After a call that gave up nothing of its kind is asked for an hour.',
    ({ decide }) => ({
      decide: (question) => {
        if (isLimit(question) && question.attempt >= TRIES) question.memory.set(question.kind, question.now + HOUR_MS);
        return decide(question);
      },
      holds: ({ kind }, now, memory) => Math.max(0, (memory.get(kind) ?? 0) - now),
    }),
  ),
  retryFault(
    'holds-others-for-good',
    'Once a kind of request was limited, every other is held for an hour.',
    ({ decide }) => ({
      decide: (question) => {
        if (isLimit(question)) question.memory.set(question.kind, question.now);
        return decide(question);
      },
      holds: ({ kind }, _, memory) => ([...memory.keys()].some((limited) => limited !== kind) ? HOUR_MS : 0),
    }),
  ),
];
