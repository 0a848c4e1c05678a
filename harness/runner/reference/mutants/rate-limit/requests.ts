import type { Mutant } from '../mutant.ts';
import { cutBody, otherContent, withBody } from './bodies.ts';
import { retries, retryFault } from './faults.ts';

/** Headers without which a request is another. */
const SAYS_WHAT = /^(content-type|content-range|job-token|private-token|runner-token)$/i;

/** Faults in the request that is made again, and in which answer counts. */
export const retriedRequestMutants: readonly Mutant[] = [
  retryFault(
    'retries-without-body',
    'The request after a wait has no body.',
    retries(({ body: _, ...call }) => call),
  ),
  retryFault(
    'retries-another-url',
    'The request after a wait goes to another path.',
    retries((call) => ({ ...call, url: new URL(call.url.href.replace('/api/v4/', '/api/')) })),
  ),
  retryFault(
    'retries-without-headers',
    'The request after a wait has neither the token nor the type and range of its body among its headers.',
    retries((call) => ({
      ...call,
      headers: Object.fromEntries(Object.entries(call.headers).filter(([name]) => !SAYS_WHAT.test(name))),
    })),
  ),
  retryFault(
    'cuts-retried-body',
    'The request after a wait has no more than the first 4 KiB of its body.',
    retries((call) => withBody(call, (body) => cutBody(body, 4096))),
  ),
  retryFault(
    'retries-upload-with-other-content',
    'The upload after a wait has another content of the same length.',
    retries((call) => withBody(call, otherContent)),
  ),
  retryFault(
    'uses-stale-answer',
    'The answer to the request after a wait is dropped; the refusal before it counts.',
    ({ result }) => ({
      result: (answers) => answers[0] ?? result(answers),
    }),
  ),
  retryFault(
    'drops-answer-after-second-wait',
    'The answer after more than one wait is dropped; the refusal before it counts.',
    ({ result }) => ({ result: (answers) => (answers.length > 2 ? answers.at(-2) : undefined) ?? result(answers) }),
  ),
];
